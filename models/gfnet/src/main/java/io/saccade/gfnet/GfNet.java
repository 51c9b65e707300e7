package io.saccade.gfnet;

import io.saccade.gfnet.bundle.Complaints;
import io.saccade.gfnet.bundle.Contents;
import io.saccade.gfnet.bundle.Manifest;
import io.saccade.gfnet.decode.OpenCv;
import io.saccade.gfnet.decode.ViewShape;
import io.saccade.gfnet.onnx.GraphFile;
import io.saccade.gfnet.onnx.GraphShapes;
import io.saccade.gfnet.onnx.Natives;
import io.saccade.gfnet.onnx.Network;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A loaded and verified network. Safe to share between threads; each thread classifies with a
 * {@link Classifier} of its own. Closing it forbids new classifiers; those that exist go on until
 * they are closed, and with the last one the network is freed.
 */
public final class GfNet implements AutoCloseable {
  private final Bundle bundle;
  private final ViewShape shape;
  private final Network network;
  private final StageTimes measured;
  private final Manifest manifest;

  private GfNet(
      Bundle bundle, ViewShape shape, Network network, StageTimes measured, Manifest manifest) {
    this.bundle = bundle;
    this.shape = shape;
    this.network = network;
    this.measured = measured;
    this.manifest = manifest;
  }

  /**
   * Loads and checks a bundle: hashes, shapes, opset, classes, golden input.
   *
   * @param bundle a bundle folder or {@code .zip}
   * @throws InvalidBundleException naming the file and what differs
   */
  public static GfNet open(Path bundle) {
    return open(bundle, null);
  }

  /**
   * The same for one bundle and no other: whether it is the one is seen before any of its graphs is
   * loaded.
   *
   * @param sha256 what the hash of its manifest must be, hex; null for any
   * @throws InvalidBundleException naming the file and what differs
   */
  public static GfNet open(Path bundle, @Nullable String sha256) {
    // Native libraries load beside the reading: one after the other takes twice as long.
    CompletableFuture<Void> natives =
        CompletableFuture.allOf(
            CompletableFuture.runAsync(OpenCv::load), CompletableFuture.runAsync(Network::start));
    Complaints complaints = new Complaints(bundle);
    Contents contents = Contents.read(bundle, complaints);
    if (sha256 != null && !contents.sha256().equals(sha256)) {
      complaints.add(
          "manifest.json",
          "SHA-256 must be %s, as it is pinned, but was %s".formatted(sha256, contents.sha256()));
    }
    complaints.refuseIfAny();
    natives.join();
    Manifest manifest = contents.manifest();
    Optional<Network> network =
        Network.load(
            new GraphFile(manifest.glanceFile(), contents.glance()),
            new GraphFile(manifest.focusFile(), contents.focus()),
            new GraphShapes(
                manifest.glanceSize(),
                manifest.patchSize(),
                manifest.classes().size(),
                manifest.memorySize()),
            manifest.opset(),
            complaints::add);
    complaints.refuseIfAny();
    return rehearsed(contents, network.orElseThrow(), complaints);
  }

  /**
   * What pins a bundle: the SHA-256 of its manifest, which holds the hashes of all other files.
   * Nothing else is read, nothing is checked.
   *
   * @return 64 lower-case hex digits; empty when there is no manifest that can be read
   */
  public static Optional<String> pin(Path bundle) {
    return Contents.pin(bundle);
  }

  /** Takes charge of the network: closes it when it does not do what it should. */
  private static GfNet rehearsed(Contents contents, Network network, Complaints complaints) {
    Manifest manifest = contents.manifest();
    ViewShape shape =
        new ViewShape(
            manifest.imageSize(),
            manifest.glanceSize(),
            manifest.patchSize(),
            manifest.fit(),
            manifest.glance(),
            manifest.reducedDecode());
    boolean good = false;
    try (Eye eye = new NetworkEye(network, shape, Limits.DEFAULT)) {
      Rehearsal rehearsal = new Rehearsal(eye, contents.golden());
      rehearsal.verify(complaints);
      complaints.refuseIfAny();
      GfNet net = new GfNet(bundle(contents), shape, network, rehearsal.measure(), manifest);
      good = true;
      return net;
    } finally {
      if (!good) {
        network.close();
      }
    }
  }

  private static Bundle bundle(Contents contents) {
    Manifest manifest = contents.manifest();
    return new Bundle(
        manifest.id(),
        manifest.version(),
        contents.sha256(),
        manifest.imageSize(),
        manifest.glanceSize(),
        manifest.patchSize(),
        manifest.steps(),
        manifest.classes(),
        contents.frontier());
  }

  /** What the manifest says. */
  public Bundle bundle() {
    return bundle;
  }

  /** CPU time of each stage on this host, measured on the golden input while opening. */
  public StageTimes measured() {
    return measured;
  }

  /** Multiply-adds of one glance and of one focus look, as the manifest says. */
  public Manifest.MultiplyAdds multiplyAdds() {
    return manifest.multiplyAdds();
  }

  /**
   * SHA-256 of the two graphs and of the frontier, by role: what decides every answer and every
   * exit, whatever the bundle's texts say.
   */
  public Map<String, String> hashes() {
    Map<String, String> files = manifest.files();
    return Map.of(
        "glance", files.getOrDefault(manifest.glanceFile(), ""),
        "focus", files.getOrDefault(manifest.focusFile(), ""),
        "frontier", files.getOrDefault(manifest.frontierFile(), ""));
  }

  /** A classifier with buffers of its own, for one thread. */
  public Classifier classifier(Limits limits) {
    return new Gaze(new NetworkEye(network, shape, limits), bundle.steps());
  }

  /** Classifies one encoded image with the same threshold at every look; for occasional use. */
  public Sight classify(byte[] image, float threshold) {
    float[] thresholds = new float[bundle.steps() - 1];
    Arrays.fill(thresholds, threshold);
    try (Classifier classifier = classifier(Limits.DEFAULT)) {
      return classifier.classify(image, thresholds, Deadline.NONE);
    }
  }

  /** Native objects made and not yet closed, by all networks in this process: 0 at its end. */
  public static int openNatives() {
    return OpenCv.openNatives() + Natives.open();
  }

  /** CPU nanoseconds of decoding the golden picture, of a glance and of a focus look. */
  public record StageTimes(double decodeNanos, double glanceNanos, double focusNanos) {}

  @Override
  public void close() {
    network.close();
  }
}
