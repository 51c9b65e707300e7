package io.saccade.job.network;

import io.saccade.budget.LookWork;
import io.saccade.budget.StageCosts;
import io.saccade.gfnet.Bundle;
import io.saccade.gfnet.Classifier;
import io.saccade.gfnet.GfNet;
import io.saccade.gfnet.Limits;
import io.saccade.gfnet.bundle.Manifest;
import io.saccade.wire.ModelOrder;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens a model bundle, once for all subtasks of this JVM that look with the same one.
 *
 * @param bundle folder or zip
 * @param sha256 what the hash of its manifest must be, hex; null for any
 * @param folders where other models may be ordered from; none for the folder that holds the bundle
 */
public record BundleOpener(String bundle, @Nullable String sha256, List<String> folders)
    implements NetworkOpener {
  private static final Shares<Pinned, GfNet> LOADED =
      new Shares<>(it -> GfNet.open(it.path(), it.sha256()), GfNet::close);

  /** Two bundles that were at the same place one after the other are two. */
  private record Pinned(Path path, @Nullable String sha256) {}

  public BundleOpener {
    folders = List.copyOf(folders);
  }

  /** Any bundle at this place. */
  public BundleOpener(String bundle) {
    this(bundle, null, List.of());
  }

  @Override
  public Network open() {
    Path path = Path.of(bundle).toAbsolutePath().normalize();
    return new SharedNetwork(LOADED.take(new Pinned(path, sha256)));
  }

  @Override
  public BundleOpener ordered(ModelOrder order) {
    Path admitted = new ModelFolders(takenFrom()).admit(order.location());
    return new BundleOpener(admitted.toString(), order.sha256(), folders);
  }

  private List<String> takenFrom() {
    Path parent = Path.of(bundle).toAbsolutePath().normalize().getParent();
    return folders.isEmpty() && parent != null ? List.of(parent.toString()) : folders;
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
