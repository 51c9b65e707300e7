package io.saccade.dist;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an archive holds. */
@Timeout(120)
class ContentsIT {
  private static final Path ROOT = Path.of("../../..").toAbsolutePath().normalize();
  private static final Archive ARCHIVE = Archive.ofThisModule();
  private static final String PLATFORM = System.getProperty("platform", "");

  @TempDir static Path folder;
  private static Path home = Path.of("");

  @BeforeAll
  static void unpack() throws Exception {
    home = ARCHIVE.unpack(folder);
  }

  private static Set<String> names(List<Path> files) {
    return files.stream()
        .map(file -> String.valueOf(file.getFileName()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void everyFileHasItsChecksumAndTheArchiveToo() throws Exception {
    Archive.run(home, "sha256sum", "--quiet", "--strict", "--check", "SHA256SUMS");
    String beside = ARCHIVE.file().getFileName() + ".sha256";
    Archive.run(ARCHIVE.file().resolveSibling("."), "sha256sum", "--strict", "--check", beside);

    Set<String> listed = new TreeSet<>();
    for (String line : Files.readAllLines(home.resolve("SHA256SUMS"))) {
      listed.add(line.substring(line.indexOf("  ") + 2));
    }
    listed.add("SHA256SUMS");
    assertThat(files().stream().map(file -> home.relativize(file).toString()))
        .containsExactlyInAnyOrderElementsOf(listed);
  }

  @Test
  void whatIsRunCanBeAndNobodyElseMayChangeAnything() throws IOException {
    assertThat(home.resolve("saccade")).isExecutable();
    assertThat(home.resolve("deploy/access/users")).isExecutable();
    for (Path file : files()) {
      assertThat(Files.getPosixFilePermissions(file).toString())
          .as("rights of %s", file)
          .doesNotContain("GROUP_WRITE", "OTHERS_WRITE")
          .contains("OTHERS_READ");
    }
  }

  @Test
  void everyClassIsThereOnce() throws IOException {
    Map<String, Path> owners = new LinkedHashMap<>();
    List<String> twice = new ArrayList<>();
    for (Path jar : Archive.jars(home)) {
      try (JarFile classes = new JarFile(jar.toFile())) {
        classes.stream()
            .map(entry -> entry.getName())
            .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/versions/"))
            .filter(name -> !name.equals("module-info.class"))
            .forEach(
                name -> {
                  Path other = owners.putIfAbsent(name, jar.getFileName());
                  if (other != null) {
                    twice.add(name + " in " + other + " and " + jar.getFileName());
                  }
                });
      }
    }
    assertThat(owners).hasSizeGreaterThan(20_000);
    assertThat(twice).isEmpty();
  }

  @Test
  void theClustersFolderHasWhatTheGuideLists() throws IOException {
    String page = Files.readString(home.resolve("docs/cluster.md"));
    Matcher list = Pattern.compile("```\\s+(onnxruntime-.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(list.find()).isTrue();
    Set<String> wanted =
        Stream.of(list.group(1).replace("linux-x86_64", PLATFORM).strip().split("\\s+", -1))
            .collect(Collectors.toCollection(TreeSet::new));

    try (Stream<Path> there = Files.list(home.resolve("cluster-lib"))) {
      assertThat(names(there.toList())).isEqualTo(wanted);
    }
  }

  @Test
  void theJobsJarIsTheOneForACluster() throws IOException {
    try (JarFile job = new JarFile(home.resolve("job/saccade-job-flink.jar").toFile())) {
      assertThat(job.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo("io.saccade.job.ClassifyJob");
      assertThat(job.getEntry("org/apache/flink/streaming/api/datastream/DataStream.class")).isNull();
      assertThat(job.getEntry("ai/onnxruntime/OrtEnvironment.class")).isNull();
    }
  }

  @Test
  void theBillOfMaterialsListsTheJarsThatAreThere() throws IOException {
    JsonNode bill = new ObjectMapper().readTree(home.resolve("sbom.cdx.json").toFile());
    Pattern purl = Pattern.compile("pkg:maven/[^/]+/([^@]+)@([^?]+)\\?(?:classifier=([^&]+)&)?.*");
    Set<String> listed = new TreeSet<>();
    for (JsonNode component : bill.path("components")) {
      Matcher parts = purl.matcher(component.path("purl").asText());
      assertThat(parts.matches()).as(component.path("purl").asText()).isTrue();
      String classifier = parts.group(3) == null ? "" : "-" + parts.group(3);
      listed.add(parts.group(1) + "-" + parts.group(2) + classifier + ".jar");
      assertThat(component.path("licenses")).as("licence of %s", component.path("purl")).isNotEmpty();
    }

    assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(listed).isEqualTo(names(Archive.jars(home)));
  }

  @Test
  void theListOfLicencesNamesEveryLibraryAndItsLicence() throws IOException {
    String list = Files.readString(home.resolve("licences/THIRD-PARTY.txt"));

    assertThat(list)
        .contains("com.microsoft.onnxruntime:onnxruntime:", "org.apache.flink:flink-runtime:")
        .doesNotContainIgnoringCase("unknown license");
    assertThat(home.resolve("LICENSE")).hasSameTextualContentAs(ROOT.resolve("LICENSE"));
    assertThat(home.resolve("NOTICE")).hasSameTextualContentAs(ROOT.resolve("NOTICE"));
    for (String text : List.of("LGPL-3.0.txt", "GPL-3.0.txt", "OpenBLAS.txt", "ONNX-Runtime.txt")) {
      assertThat(home.resolve("licences").resolve(text)).isNotEmptyFile();
    }
  }

  @Test
  void itTellsNothingOfWhereItWasMade() throws IOException {
    for (Path file : files()) {
      if (!file.toString().endsWith(".jar")) {
        String content = Files.readString(file, ISO_8859_1);
        assertThat(content).as("%s", file).doesNotContain(ROOT.toString());
      }
    }
  }
}
