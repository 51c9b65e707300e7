package io.saccade.cli;

import io.saccade.console.Console;
import io.saccade.console.ConsoleOptions;
import io.saccade.console.access.Access;
import io.saccade.console.access.Person;
import io.saccade.console.access.Role;
import io.saccade.console.access.TokenFile;
import io.saccade.job.control.JobBudget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code saccade console}: the page, until Ctrl-C. */
@Command(
    name = "console",
    description = {
      "Serves a web page: what cameras see, and the budget to turn.",
      "It shows where the network looks, too.",
      "",
      "Example: saccade console --brokers 127.0.0.1:19092",
      "Example: saccade console --host 0.0.0.0 --token-file tokens.json",
      "Example: saccade console --behind-proxy https://see.example.com --role viewer",
      ""
    },
    sortOptions = false,
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
final class ConsoleCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private KafkaPlace kafka = new KafkaPlace();

  @Option(names = "--port", paramLabel = "PORT", description = "Of the page; 0: a free one.")
  private int port = 8087;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Address to listen at; beyond this machine only with tokens or a proxy.")
  private String host = "127.0.0.1";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "JSON list of {name, role, token, cameras} of those who are let in.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--behind-proxy",
      paramLabel = "ORIGIN",
      description = "Where a proxy shows the page, such as https://see.example.com.")
  private @Nullable URI proxy;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description =
          "Of those without a token, viewer or operator (default: operator, behind a proxy viewer).",
      showDefaultValue = Visibility.NEVER)
  private @Nullable String role;

  @Option(
      names = "--operator",
      paramLabel = "NAME",
      description = "Who changes settings without a token (default: the user).",
      showDefaultValue = Visibility.NEVER)
  private String operator = System.getProperty("user.name", "operator");

  @Option(
      names = "--bundle",
      paramLabel = "PATH",
      description =
          "The model, a folder or a zip, for its frontier (default: the one that is shipped).",
      showDefaultValue = Visibility.NEVER)
  private @Nullable Path bundle;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ConsoleOptions options = options();
    Console console = Console.start(options, JobBudget::objection);
    Runtime.getRuntime().addShutdownHook(new Thread(console::close, "console-end"));
    System.out.println("console at " + console.address());
    System.out.println(options.access().described());
    System.out.flush();
    try {
      // Until the process is told to end, or there is no sense in going on.
      throw new IllegalStateException(console.awaitRefusal());
    } finally {
      console.close();
    }
  }

  private ConsoleOptions options() throws IOException {
    try {
      return new ConsoleOptions(
          kafka.clients(), kafka.topics(), access(), port, bundle == null ? Home.bundle() : bundle);
    } catch (IllegalArgumentException e) {
      throw Complaint.of(spec, e.getMessage());
    }
  }

  private Access access() throws IOException {
    Role anybody =
        switch (role == null ? "" : role) {
          case "viewer" -> Role.VIEWER;
          case "operator" -> Role.OPERATOR;
          case "" -> proxy == null ? Role.OPERATOR : Role.VIEWER;
          default ->
              throw new IllegalArgumentException(
                  "role must be viewer or operator, but was " + role);
        };
    return new Access(
        address(),
        tokenFile == null ? Optional.empty() : Optional.of(tokens(tokenFile)),
        Optional.ofNullable(proxy),
        Person.ofAll(operator, anybody));
  }

  private InetAddress address() {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "host must be an address of this machine, but " + host + " is not known", e);
    }
  }

  private static TokenFile tokens(Path file) throws IOException {
    try {
      return TokenFile.read(file);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("token file must exist, but there is no " + file, e);
    }
  }
}
