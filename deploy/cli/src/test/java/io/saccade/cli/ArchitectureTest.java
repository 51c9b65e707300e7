package io.saccade.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Who may know whom. Allowed packages are listed rather than forbidden ones, so that a new library
 * is a decision. No rule may pass because it found no classes.
 */
@AnalyzeClasses(packages = "io.saccade", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String[] JDK = {"java..", "javax.management..", "com.sun.management.."};
  private static final String NULLNESS = "org.jspecify.annotations..";

  @ArchTest
  static final ArchRule wireKnowsTheJdkAndJackson =
      knowsOnly("io.saccade.wire..", "com.fasterxml.jackson..");

  @ArchTest static final ArchRule budgetKnowsTheJdkAlone = knowsOnly("io.saccade.budget..");

  @ArchTest
  static final ArchRule gfnetKnowsItsNativeLibrariesAndJackson =
      knowsOnly(
          "io.saccade.gfnet..", "com.fasterxml.jackson..", "org.bytedeco..", "ai.onnxruntime..");

  @ArchTest
  static final ArchRule evaluateKnowsTheNetworkAndJackson =
      knowsOnly("io.saccade.evaluate..", "io.saccade.gfnet..", "com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule simulateKnowsTheControllerTheNetworkAndWhatIsLogged =
      knowsOnly(
          "io.saccade.simulate..",
          "io.saccade.budget..",
          "io.saccade.gfnet..",
          "io.saccade.wire..",
          "com.fasterxml.jackson..",
          "org.apache.kafka..",
          "picocli..");

  @ArchTest
  static final ArchRule cameraKnowsWireKafkaAndFfmpeg =
      knowsOnly(
          "io.saccade.camera..",
          "io.saccade.wire..",
          "com.fasterxml.jackson..",
          "com.sun.net.httpserver..",
          "io.prometheus.metrics..",
          "org.apache.kafka..",
          "org.bytedeco..",
          "org.slf4j..");

  @ArchTest
  static final ArchRule consoleKnowsWireKafkaAndTheJdksHttpServer =
      knowsOnly(
          "io.saccade.console..",
          "io.saccade.wire..",
          "org.apache.kafka..",
          "com.fasterxml.jackson..",
          "com.sun.net.httpserver..",
          "org.slf4j..");

  @ArchTest
  static final ArchRule jobKnowsNoNativeLibrary =
      noClasses()
          .that()
          .resideInAPackage("io.saccade.job..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.bytedeco..", "ai.onnxruntime..")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule jobKnowsNoCameraAndNobodyWhoStartsIt =
      noClasses()
          .that()
          .resideInAPackage("io.saccade.job..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.saccade.camera..",
              "io.saccade.quickstart..",
              "io.saccade.bench..",
              "io.saccade.cli..")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule openCvStaysInDecode =
      noClasses()
          .that()
          .resideInAPackage("io.saccade..")
          .and()
          .resideOutsideOfPackages("io.saccade.gfnet.decode..", "io.saccade.camera.ffmpeg..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule decodeKnowsNoFfmpeg =
      noClasses()
          .that()
          .resideInAPackage("io.saccade.gfnet.decode..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.bytedeco.ffmpeg..", "ai.onnxruntime..")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule onnxRuntimeStaysInOnnx =
      noClasses()
          .that()
          .resideInAPackage("io.saccade..")
          .and()
          .resideOutsideOfPackage("io.saccade.gfnet.onnx..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnxruntime..")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule ffmpegStaysInFfmpeg =
      noClasses()
          .that()
          .resideInAPackage("io.saccade..")
          .and()
          .resideOutsideOfPackage("io.saccade.camera.ffmpeg..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco.ffmpeg..")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule theBrokersClassesStayInOneClass =
      noClasses()
          .that()
          .resideInAPackage("io.saccade..")
          .and()
          .doNotHaveFullyQualifiedName("io.saccade.quickstart.EmbeddedBroker")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("kafka..", "org.apache.kafka.server..", "org.apache.kafka.metadata..")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule noPackageDependsOnItselfByWayOfOthers =
      slices().matching("io.saccade.(*)..").should().beFreeOfCycles().allowEmptyShould(false);

  private static ArchRule knowsOnly(String module, String... others) {
    String[] allowed = new String[JDK.length + others.length + 2];
    System.arraycopy(JDK, 0, allowed, 0, JDK.length);
    System.arraycopy(others, 0, allowed, JDK.length, others.length);
    allowed[allowed.length - 2] = module;
    allowed[allowed.length - 1] = NULLNESS;
    return classes()
        .that()
        .resideInAPackage(module)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .allowEmptyShould(false);
  }
}
