package io.saccade.job.classify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** A record of the same name with other fields, as a later release might have it. */
final class Recompiled extends URLClassLoader {
  private final String name;

  private Recompiled(String name, URL folder) {
    super(new URL[] {folder}, Recompiled.class.getClassLoader());
    this.name = name;
  }

  /**
   * Compiles it.
   *
   * @param change says the new type of each field; null to leave it out
   */
  static Class<?> with(
      Class<? extends Record> type, Function<String, @Nullable String> change, Path folder) {
    String fields =
        Arrays.stream(type.getRecordComponents())
            .map(
                field -> {
                  String changed = change.apply(field.getName());
                  return changed == null
                      ? null
                      : (changed.isEmpty() ? field.getGenericType().getTypeName() : changed)
                          + " "
                          + field.getName();
                })
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "));
    try {
      Path source = folder.resolve(type.getSimpleName() + ".java");
      Files.writeString(
          source,
          "package %s; public record %s(%s) {}"
              .formatted(type.getPackageName(), type.getSimpleName(), fields));
      compile(source, folder);
      return new Recompiled(type.getName(), folder.toUri().toURL()).loadClass(type.getName());
    } catch (MalformedURLException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compile(Path source, Path folder) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    int result =
        compiler.run(
            null,
            null,
            null,
            "-proc:none",
            "-nowarn",
            "-cp",
            path,
            "-d",
            folder.toString(),
            source.toString());
    if (result != 0) {
      throw new IllegalStateException(source + " must compile, but did not");
    }
  }

  /** Its own one first; all others are those of today. */
  @Override
  protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
    if (!wanted.equals(name)) {
      return super.loadClass(wanted, resolve);
    }
    Class<?> loaded = findLoadedClass(wanted);
    return loaded == null ? findClass(wanted) : loaded;
  }
}
