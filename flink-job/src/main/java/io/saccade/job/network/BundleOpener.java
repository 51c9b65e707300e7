package io.saccade.job.network;

import io.saccade.budget.LookWork;
import io.saccade.budget.StageCosts;
import io.saccade.gfnet.Bundle;
import io.saccade.gfnet.Classifier;
import io.saccade.gfnet.GfNet;
import io.saccade.gfnet.InvalidBundleException;
import io.saccade.gfnet.Limits;
import io.saccade.gfnet.bundle.Manifest;
import io.saccade.wire.ModelOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens a model bundle, once for all subtasks of this JVM that look with the same one.
 *
 * @param bundle folder or zip
 * @param sha256 what the hash of its manifest must be, hex; null for any
 * @param folders where other models may be ordered from; none for the folder that holds the bundle,
 *     unless that is the root, from where nothing is taken
 */
public record BundleOpener(String bundle, @Nullable String sha256, List<String> folders)
    implements NetworkOpener {
  private static final Shares<Pinned, GfNet> LOADED = new Shares<>(Pinned::open, GfNet::close);

  /** Two bundles that were at the same place one after the other are two. */
  private record Pinned(Path path, @Nullable String sha256) {
    GfNet open() {
      if (sha256 != null) {
        // Before anything else is said of another bundle; that nothing is there is said by opening.
        GfNet.pin(path).ifPresent(found -> require(path, sha256, found));
      }
      return GfNet.open(path, sha256);
    }

    private static void require(Path path, String pin, String found) {
      if (!found.equals(pin)) {
        throw new InvalidBundleException(
            "bundle %s: SHA-256 of its manifest.json must be %s, as it is pinned, but was %s: put the bundle back that was there, or submit the job anew for this one; a running job takes this one by `saccade model swap`, from a place of its own"
                .formatted(path, pin, found));
      }
    }
  }

  public BundleOpener {
    folders = List.copyOf(folders);
  }

  /** Any bundle at this place. */
  public BundleOpener(String bundle) {
    this(bundle, null, List.of());
  }

  /**
   * Where a job is submitted: pinned to the bundle as it is here, so that each subtask finds that
   * very one, also after a restart. A bundle that cannot be read here (it is on the TaskManagers
   * alone) is pinned by what the user says, or not at all.
   *
   * @param sha256 what the hash of its manifest must be, hex; null for that of the bundle here
   * @throws InvalidBundleException when the bundle here is another
   */
  public static BundleOpener submitted(
      String bundle, @Nullable String sha256, List<String> folders) {
    Path path = inFull(bundle);
    Optional<String> found = GfNet.pin(path);
    if (sha256 != null && found.isPresent() && !found.get().equals(sha256)) {
      throw new InvalidBundleException(
          "bundle %s: SHA-256 of its manifest.json must be %s, as --bundle-sha256 says, but was %s: is it the bundle that was meant? Then submit the job with its hash"
              .formatted(path, sha256, found.get()));
    }
    return new BundleOpener(bundle, sha256 == null ? found.orElse(null) : sha256, folders);
  }

  /** Whether this is one bundle and no other, whatever is put in its place. */
  public boolean isPinned() {
    return sha256 != null;
  }

  @Override
  public Network open() {
    return new SharedNetwork(LOADED.take(new Pinned(inFull(bundle), sha256)));
  }

  @Override
  public BundleOpener ordered(ModelOrder order) {
    Path admitted = new ModelFolders(takenFrom()).admit(order.location());
    return new BundleOpener(admitted.toString(), order.sha256(), folders);
  }

  private List<String> takenFrom() {
    if (!folders.isEmpty()) {
      return folders;
    }
    Path parent = inFull(bundle).getParent();
    if (parent == null || parent.equals(parent.getRoot())) {
      // All that is on the machine is within the root: nobody meant that.
      throw new IllegalArgumentException(
          "the model must stay the one that the job was started with, as its bundle (%s) lies at the root: start the job with --model-folder to take others"
              .formatted(bundle));
    }
    return List.of(parent.toString());
  }

  private static Path inFull(String bundle) {
    return Path.of(bundle).toAbsolutePath().normalize();
  }

  /** One subtask's hold on a loaded bundle. */
  private record SharedNetwork(Shares.Share<GfNet> share) implements Network {

    @Override
    public Bundle bundle() {
      return share.value().bundle();
    }

    @Override
    public StageCosts measured() {
      GfNet.StageTimes times = share.value().measured();
      return new StageCosts(times.decodeNanos(), times.glanceNanos(), times.focusNanos());
    }

    @Override
    public LookWork work() {
      Manifest.MultiplyAdds adds = share.value().multiplyAdds();
      return new LookWork(adds.glance(), adds.focus());
    }

    @Override
    public Classifier classifier() {
      return share.value().classifier(Limits.DEFAULT);
    }

    @Override
    public void close() {
      share.close();
    }
  }
}
