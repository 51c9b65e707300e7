package io.saccade.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Native libraries and programs within jars. */
final class NativeFiles {
  /** What {@code e_machine} of an ELF header says. */
  static final int X86_64 = 62;

  static final int AARCH64 = 183;

  /** Of a library that is for another system. */
  static final int FOREIGN = -1;

  /** As the makers of libraries call the two of them. */
  private static final Pattern ARCHITECTURE =
      Pattern.compile("x86_64|amd64|x64|aarch_?64|arm64", Pattern.CASE_INSENSITIVE);

  private static final Pattern FOREIGN_NAME =
      Pattern.compile(".*\\.(dll|dylib|jnilib)|.*(?i:android|freebsd|sunos|aix).*\\.so");

  private static final int HEADER = 20;
  private static final int ELF = 0x464c457f;

  private NativeFiles() {}

  /**
   * Those of an unpacked archive.
   *
   * @return by jar and name, with {@code ARCH} for the architecture's names, the machine
   */
  static Map<String, Integer> in(Path unpacked) throws IOException {
    Map<String, Integer> found = new TreeMap<>();
    for (Path jar : Archive.jars(unpacked)) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
          ZipEntry entry = all.nextElement();
          int machine = machine(zip, entry);
          if (machine != 0) {
            String name = jar.getFileName() + "!" + entry.getName();
            found.put(ARCHITECTURE.matcher(name).replaceAll("ARCH") + "@" + machine, machine);
          }
        }
      }
    }
    return found;
  }

  /** 0 for what is no native code. */
  private static int machine(ZipFile zip, ZipEntry entry) throws IOException {
    if (FOREIGN_NAME.matcher(entry.getName()).matches()) {
      return FOREIGN;
    }
    if (entry.isDirectory() || entry.getSize() < HEADER || entry.getName().endsWith(".class")) {
      return 0;
    }
    try (InputStream in = zip.getInputStream(entry)) {
      ByteBuffer header = ByteBuffer.wrap(in.readNBytes(HEADER)).order(ByteOrder.LITTLE_ENDIAN);
      return header.getInt(0) == ELF ? header.getShort(18) : 0;
    }
  }
}
