package io.saccade.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.saccade.cli.doctor.Finding.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The checks, against faults that are really there. */
@Timeout(60)
class MachineTest {
  private static final Path BUNDLE = Path.of("../../models/gfnet/src/test/bundles/tiny");
  private static final String OTHERWISE = "take another folder";

  @TempDir Path folder;

  private static Finding only(Check check) throws Exception {
    List<Finding> findings = check.look();
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  private Memory memory(String available, String cgroup, String file, String limit)
      throws IOException {
    write("proc/meminfo", "MemTotal: 99999999 kB\nMemAvailable: " + available + " kB\n");
    write("proc/self/cgroup", cgroup);
    write(file, limit);
    return new Memory(folder);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void findsMemoryAndWhatIsTooLittleOfIt() throws Exception {
    assertThat(only(memory("4194304", "", "none", "")).found()).isEqualTo("4.0 GB available");
    assertThat(only(memory("1258292", "", "none", "")).state()).isEqualTo(State.WARNING);
    assertThat(only(memory("500000", "", "none", "")).state()).isEqualTo(State.PROBLEM);
    assertThat(only(new Memory(folder.resolve("no-linux"))).state()).isEqualTo(State.WARNING);
  }

  @Test
  void findsTheContainersLimitOfEitherVersionAndAround() throws Exception {
    Memory second = memory("9999999", "0::/a/b\n", "sys/fs/cgroup/a/memory.max", "536870912\n");
    assertThat(only(second))
        .returns(State.PROBLEM, Finding::state)
        .returns("0.5 GB, by the container's limit", Finding::found);

    write("sys/fs/cgroup/a/memory.max", "max\n");
    assertThat(only(second).state()).isEqualTo(State.OK);

    Memory first =
        memory(
            "9999999",
            "4:memory:/a\n",
            "sys/fs/cgroup/memory/a/memory.limit_in_bytes",
            "1073741824\n");
    assertThat(only(first).state()).isEqualTo(State.WARNING);
  }

  @Test
  void warnsOfFewCoresAndOfBusyOnes() throws Exception {
    assertThat(only(new Cores(1, 0.2)).state()).isEqualTo(State.WARNING);
    assertThat(only(new Cores(2, 7.5)).expected()).contains("load average below 4");
    assertThat(only(new Cores(2, 1.5)).state()).isEqualTo(State.OK);
    assertThat(only(new Cores(4, -1)).found()).isEqualTo("4 usable");
  }

  @Test
  void findsAFolderThatCannotBeOne() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "in the way");

    Finding finding = only(new Folder("temporary", file.resolve("within"), 1, OTHERWISE));

    assertThat(finding.state()).isEqualTo(State.PROBLEM);
    assertThat(finding.found()).contains("cannot be written");
    assertThat(finding.advice()).isEqualTo(OTHERWISE);
  }

  @Test
  void findsAGoodFolderAndLeavesNothingInIt() throws Exception {
    assertThat(only(new Folder("temporary", folder, 1, OTHERWISE)).state()).isEqualTo(State.OK);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void findsAFolderThatIsTooSmallOrWhereNothingMayRun() throws Exception {
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "noexec,size=1m", "tmpfs", folder.toString()));
    try {
      assertThat(only(new Folder("temporary", folder, 2, OTHERWISE)))
          .returns(State.PROBLEM, Finding::state)
          .satisfies(it -> assertThat(it.found()).contains("MB free at"))
          .returns("2 MB", Finding::expected);
      Finding noexec = only(new Folder("temporary", folder, 0, OTHERWISE));
      assertThat(noexec.state()).isEqualTo(State.PROBLEM);
      assertThat(noexec.found()).contains("noexec");
    } finally {
      assertThat(run("umount", folder.toString())).isTrue();
    }
  }

  /** Only root may mount. */
  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }

  @Test
  void tellsAPortThatIsWantedFromOneThatIsUsual() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
      assertThat(new Ports(List.of(port), List.of()).look())
          .last()
          .returns(State.PROBLEM, Finding::state)
          .returns(port + " taken", Finding::found);
      assertThat(new Ports(List.of(), List.of(port)).look())
          .last()
          .returns(State.WARNING, Finding::state);
    }
    assertThat(new Ports(List.of(port), List.of()).look())
        .extracting(Finding::state)
        .containsOnly(State.OK);
  }

  @Test
  void loadsTheNativeLibrariesAndRunsFfmpeg() throws Exception {
    assertThat(new Natives(BUNDLE).look())
        .allSatisfy(it -> assertThat(it.state()).as(it.text()).isEqualTo(State.OK))
        .extracting(Finding::what)
        .containsExactly("model", "ffmpeg", "ffprobe");
  }

  @Test
  void warnsOfLibrariesThatOnlyCamerasNeed() {
    String said =
        "java.lang.UnsatisfiedLinkError: /cache/libjniavdevice.so: libxcb.so.1: cannot open shared"
            + " object file: No such file or directory";

    assertThat(Natives.failed("ffmpeg", said))
        .returns(State.WARNING, Finding::state)
        .satisfies(it -> assertThat(it.found()).isEqualTo("does not run: no libxcb.so.1"))
        .satisfies(it -> assertThat(it.advice()).contains("apt install", "libxcb1"));
    assertThat(Natives.failed("ffmpeg", "it ends with 1: no such option"))
        .returns(State.PROBLEM, Finding::state)
        .satisfies(it -> assertThat(it.found()).contains("ends with 1: no such option"));
  }

  @Test
  void findsABundleThatWasChanged() throws Exception {
    try (var files = Files.list(BUNDLE)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Files.write(folder.resolve("glance.onnx"), new byte[] {1, 2, 3});

    assertThat(new Natives(folder).look().get(0))
        .returns(State.PROBLEM, Finding::state)
        .satisfies(it -> assertThat(it.found()).contains("glance.onnx"));
  }

  @Test
  void asksForTheClock() throws Exception {
    assertThat(only(new Clocks(List.of("echo", "yes"))).state()).isEqualTo(State.OK);
    assertThat(only(new Clocks(List.of("echo", "no"))).state()).isEqualTo(State.WARNING);
    assertThat(only(new Clocks(List.of("no-such-program"))).state()).isEqualTo(State.HINT);
  }

  @Test
  void onlyHintsAtProgramsThatAreNotNeeded() {
    assertThat(new Programs(folder.toString()).look())
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.state()).isEqualTo(State.HINT));
    assertThat(new Programs("/bin:/usr/bin").look()).isNotEmpty();
  }

  private Finding python(String script) throws IOException {
    Path python = Files.writeString(folder.resolve("python3"), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new Programs(folder.toString())
        .look().stream().filter(it -> it.what().equals("python3")).findFirst().orElseThrow();
  }

  @Test
  void warnsOfAPythonThatCannotTrain() throws IOException {
    Finding good = python("[ $1 = -c ] || echo Python 3.12.4\n");
    assertThat(good.state()).isEqualTo(State.OK);
    assertThat(good.found()).isEqualTo(folder.resolve("python3") + ": 3.12");

    Finding old = python("[ $1 = -c ] || echo Python 3.10.12\n");
    assertThat(old.state()).isEqualTo(State.WARNING);
    assertThat(old.found()).endsWith(": 3.10");
    assertThat(old.expected()).isEqualTo("3.11 or 3.12, with venv");

    Finding bare = python("[ $1 = -c ] && exit 1; echo Python 3.11.2\n");
    assertThat(bare.state()).isEqualTo(State.WARNING);
    assertThat(bare.found()).endsWith(": 3.11, without venv");

    assertThat(python("exit 3\n").found()).endsWith("does not tell its version");
  }

  @Test
  void readsWhatTheLauncherFound() {
    String line = String.join("\u001f", "problem", "Java", "11 at /x", "17 or later", "install it");

    assertThat(Finding.parse(line))
        .isEqualTo(Finding.problem("Java", "11 at /x", "17 or later", "install it"));
    assertThat(Finding.parse("ok\u001fJava\u001f17")).isEqualTo(Finding.ok("Java", "17"));
    assertThatThrownBy(() -> Finding.parse("ok")).hasMessageContaining("3 to 5 parts");
    assertThatThrownBy(() -> Finding.problem("Java", "11", "17", ""))
        .hasMessageContaining("must say what to do");
  }

  @Test
  void saysWhatWasFoundWhatWasExpectedAndWhatToDo() {
    assertThat(Finding.warning("cores", "1 usable", "at least 2", "add one").text().lines())
        .containsExactly(
            "warning  cores        1 usable",
            "                      expected: at least 2",
            "                      to do: add one");
  }
}
