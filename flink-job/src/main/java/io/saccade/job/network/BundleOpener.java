package io.saccade.job.network;

import io.saccade.budget.LookWork;
import io.saccade.budget.StageCosts;
import io.saccade.gfnet.Bundle;
import io.saccade.gfnet.Classifier;
import io.saccade.gfnet.GfNet;
import io.saccade.gfnet.Limits;
import io.saccade.gfnet.bundle.Manifest;
import java.nio.file.Path;

/**
 * Opens a model bundle, once for all subtasks of this JVM that look with the same one.
 *
 * @param bundle folder or zip
 */
public record BundleOpener(String bundle) implements NetworkOpener {
  private static final Shares<Path, GfNet> LOADED = new Shares<>(GfNet::open, GfNet::close);

  @Override
  public Network open() {
    Path path = Path.of(bundle).toAbsolutePath().normalize();
    return new SharedNetwork(LOADED.take(path));
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
