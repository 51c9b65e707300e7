package io.saccade.console.web;

import io.saccade.console.access.Access;
import io.saccade.console.access.Person;
import io.saccade.console.access.Role;
import io.saccade.console.access.TokenFile;
import io.saccade.console.scene.Bundle;
import io.saccade.console.scene.Chronicle;
import io.saccade.console.scene.Frontier;
import io.saccade.console.scene.Note;
import io.saccade.console.scene.Picture;
import io.saccade.console.scene.Scene;
import io.saccade.console.scene.Wall;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.Label;
import io.saccade.wire.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The real server at a free port, before a wall that the test fills; no broker answers it. */
final class Served implements AutoCloseable {
  static final String ADA = "ada-is-an-operator-of-all-";
  static final String BOB = "bob-may-see-the-yard-only-";
  static final String EVE = "eve-operates-the-yard-only";

  /** The model of the records of a test, unless it says otherwise. */
  private static final Bundle RUNWAY =
      new Bundle(
          "runway",
          "abcdef0123456789",
          new Frontier(List.of(new Frontier.Point(1, 0.5), new Frontier.Point(3, 0.7)), 14, 573));

  final Scene scene = Scene.empty();
  final Wall wall = scene.wall();
  final Chronicle chronicle = scene.chronicle();
  final Viewers viewers = new Viewers();
  final WebServer server;

  private Served(Access access) throws IOException {
    server =
        new WebServer(
            access,
            0,
            scene,
            Optional.of(RUNWAY),
            viewers,
            Map.of("bootstrap.servers", "127.0.0.1:1"),
            Topics.DEFAULT,
            (cores, parallelism) -> Optional.empty());
  }

  /** For whoever sits at this machine. */
  static Served open() throws IOException {
    return new Served(Access.local("me"));
  }

  /** For those with a token alone. */
  static Served withTokens(Path folder) throws IOException {
    return withTokens(folder, Optional.empty());
  }

  static Served withTokens(Path folder, Optional<URI> proxy) throws IOException {
    Path file =
        Files.createFile(
            folder.resolve("tokens.json"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file,
        """
        [{"name": "ada", "role": "operator", "token": "%s"},
         {"name": "bob", "role": "viewer", "token": "%s", "cameras": ["yard"]},
         {"name": "eve", "role": "operator", "token": "%s", "cameras": ["yard"]}]
        """
            .formatted(ADA, BOB, EVE));
    return new Served(
        new Access(
            InetAddress.getLoopbackAddress(),
            Optional.of(TokenFile.read(file)),
            proxy,
            Person.ofAll("nobody", Role.VIEWER)));
  }

  int port() {
    return server.port();
  }

  Asking ask() {
    return Asking.at(port());
  }

  Asking ask(String token) {
    return ask().with("Authorization", "Bearer " + token).with("Content-Type", "application/json");
  }

  /** A frame that was looked at, and its picture. */
  void shows(Label label, byte[] image) {
    wall.hear(Note.of(label), JsonCodec.LABEL.encode(label), System.currentTimeMillis());
    chronicle.hear(Note.of(label), System.currentTimeMillis());
    wall.show(new Picture(label, image));
  }

  @Override
  public void close() {
    server.close();
  }
}
