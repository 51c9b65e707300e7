package io.saccade.job.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saccade.gfnet.GfNet;
import io.saccade.gfnet.InvalidBundleException;
import io.saccade.wire.ModelOrder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleOpenerTest {
  private static final Path TINY = Path.of("../models/gfnet/src/test/bundles/tiny");
  private static final String OTHER = "a1".repeat(32);

  @TempDir Path folder;

  private Path bundle = Path.of("");
  private String sha256 = "";

  @BeforeEach
  void copyTheBundle() throws IOException {
    bundle = Files.createDirectory(folder.resolve("model"));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(TINY)) {
      for (Path file : files) {
        Files.copy(file, bundle.resolve(file.getFileName()));
      }
    }
    sha256 = GfNet.pin(bundle).orElseThrow();
  }

  @AfterEach
  void leavesNothingNativeBehind() {
    assertThat(GfNet.openNatives()).isZero();
  }

  /** Another bundle, as good as the one that was there. */
  private String swapManifest() throws IOException {
    Path manifest = bundle.resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"tiny\"", "\"swapped\""));
    String swapped = GfNet.pin(bundle).orElseThrow();
    assertThat(swapped).isNotEqualTo(sha256);
    return swapped;
  }

  private static BundleOpener sent(BundleOpener opener) throws Exception {
    return InstantiationUtil.deserializeObject(
        InstantiationUtil.serializeObject(opener), BundleOpener.class.getClassLoader());
  }

  @Test
  void isPinnedWhereTheJobIsSubmitted() throws Exception {
    BundleOpener opener = sent(BundleOpener.submitted(bundle.toString(), null, List.of()));

    assertThat(opener.sha256()).isEqualTo(sha256);
    try (Network network = opener.open()) {
      assertThat(network.bundle().sha256()).isEqualTo(sha256);
    }
    assertThat(BundleOpener.submitted(bundle.toString(), sha256, List.of()).sha256())
        .isEqualTo(sha256);
  }

  @Test
  void anotherBundleInItsPlaceIsRefusedLaterAndTheSameOneIsTakenAgain() throws Exception {
    BundleOpener opener = BundleOpener.submitted(bundle.toString(), null, List.of());
    opener.open().close();
    byte[] before = Files.readAllBytes(bundle.resolve("manifest.json"));
    String swapped = swapManifest();

    assertThatThrownBy(opener::open)
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageStartingWith(
            "bundle %s: SHA-256 of its manifest.json must be %s, as it is pinned, but was %s: "
                .formatted(bundle, sha256, swapped))
        .hasMessageContaining("submit the job anew")
        .hasMessageContaining("saccade model swap");
    try (Network network = new BundleOpener(bundle.toString()).open()) {
      assertThat(network.bundle().id()).as("is as good as the other").isEqualTo("swapped");
    }

    Files.write(bundle.resolve("manifest.json"), before);
    opener.open().close();
  }

  @Test
  void whatIsLoadedStaysGoodWhateverIsPutInItsPlace() throws Exception {
    BundleOpener opener = BundleOpener.submitted(bundle.toString(), null, List.of());
    try (Network held = opener.open()) {
      swapManifest();
      try (Network shared = opener.open()) {
        assertThat(shared.bundle()).isSameAs(held.bundle());
      }
    }
  }

  @Test
  void aBundleThatIsNotTheOneMeantIsRefusedWhereTheJobIsSubmitted() {
    assertThatThrownBy(() -> BundleOpener.submitted(bundle.toString(), OTHER, List.of()))
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageStartingWith(
            "bundle %s: SHA-256 of its manifest.json must be %s, as --bundle-sha256 says, but was %s"
                .formatted(bundle, OTHER, sha256));
  }

  @Test
  void aBundleThatIsOnTaskManagersAloneIsPinnedByTheUserOrNotAtAll() {
    String gone = folder.resolve("gone").toString();

    assertThat(BundleOpener.submitted(gone, OTHER, List.of()).sha256()).isEqualTo(OTHER);
    assertThat(BundleOpener.submitted(gone, null, List.of()).isPinned()).isFalse();
    assertThatThrownBy(() -> BundleOpener.submitted(gone, OTHER, List.of()).open())
        .isInstanceOf(InvalidBundleException.class)
        .hasMessageContaining("there is nothing at this path");
  }

  @Test
  void othersAreOrderedFromTheFolderThatHoldsIt() throws Exception {
    BundleOpener opener = new BundleOpener(folder.resolve("first").toString());

    assertThat(opener.ordered(new ModelOrder(1, "ada", bundle.toString(), OTHER)))
        .isEqualTo(new BundleOpener(bundle.toRealPath().toString(), OTHER, List.of()));
  }

  @Test
  void aBundleAtTheRootAllowsNothing() {
    ModelOrder order = new ModelOrder(1, "ada", bundle.toString(), OTHER);

    assertThatThrownBy(() -> new BundleOpener("/runway").ordered(order))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its bundle (/runway) lies at the root")
        .hasMessageContaining("--model-folder");
    assertThat(
            new BundleOpener("/runway", null, List.of(folder.toString())).ordered(order).sha256())
        .isEqualTo(OTHER);
  }
}
