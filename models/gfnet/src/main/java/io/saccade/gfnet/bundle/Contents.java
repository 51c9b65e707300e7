package io.saccade.gfnet.bundle;

import io.saccade.gfnet.Frontier;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Everything in a bundle, as its manifest says it is. What the graphs do is not checked here.
 *
 * @param sha256 of the manifest file, hex
 * @param glance the ONNX file of the glance
 * @param focus the ONNX file of the focus look
 */
public record Contents(
    Manifest manifest,
    String sha256,
    Frontier frontier,
    Golden golden,
    byte[] glance,
    byte[] focus) {

  /** SHA-256 of the manifest of a folder or {@code .zip}, hex; empty when none can be read. */
  public static Optional<String> pin(Path bundle) {
    return BundleFiles.pin(bundle);
  }

  /**
   * Reads a folder or {@code .zip}.
   *
   * @throws io.saccade.gfnet.InvalidBundleException naming each file and what differs
   */
  public static Contents read(Path bundle, Complaints complaints) {
    BundleFiles files = BundleFiles.read(bundle, complaints);
    if (!files.byName().containsKey(Manifest.FILE)) {
      throw complaints.refusal(Manifest.FILE, "must be in the bundle, but was missing");
    }
    byte[] json = files.bytes(Manifest.FILE);
    Manifest manifest = Manifest.read(json, complaints);
    files.check(manifest.files(), complaints);
    complaints.refuseIfAny();
    return new Contents(
        manifest,
        BundleFiles.sha256(json),
        FrontierFile.read(
            manifest.frontierFile(),
            files.bytes(manifest.frontierFile()),
            manifest.steps(),
            complaints),
        Golden.read(manifest.goldenFile(), files, manifest, complaints),
        files.bytes(manifest.glanceFile()),
        files.bytes(manifest.focusFile()));
  }
}
