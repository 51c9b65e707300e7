package io.saccade.gfnet;

import io.saccade.gfnet.decode.Placement;
import io.saccade.gfnet.decode.UnreadablePicture;
import io.saccade.gfnet.decode.View;
import io.saccade.gfnet.decode.ViewShape;
import io.saccade.gfnet.onnx.Network;
import io.saccade.gfnet.onnx.Retina;

/** An eye with a real network behind it: the view writes into the buffer that the network reads. */
final class NetworkEye implements Eye {
  private final Retina retina;
  private final View view;
  private final int patch;

  /** How far a patch can move: S - P. */
  private final float reach;

  NetworkEye(Network network, ViewShape shape, Limits limits) {
    patch = shape.patch();
    reach = shape.size() - shape.patch();
    retina = network.retina();
    boolean made = false;
    try {
      view = new View(shape, limits, retina.view());
      made = true;
    } finally {
      if (!made) {
        retina.close();
      }
    }
  }

  @Override
  public long turnTo(byte[] image) throws UnreadablePicture {
    long start = CpuClock.nanos();
    view.read(image);
    return CpuClock.nanos() - start;
  }

  @Override
  public Sight.Look glance() {
    long start = CpuClock.nanos();
    view.glance();
    retina.glance();
    Placement all = view.placement();
    return look(all.x(), all.y(), all.width(), all.height(), start);
  }

  @Override
  public Sight.Look focus() {
    long start = CpuClock.nanos();
    // Row first (Wang et al. 2020), and the product in float32: in double, some patches would lie
    // one pixel off those the network was trained with.
    int top = (int) (retina.nextDown() * reach);
    int left = (int) (retina.nextAcross() * reach);
    view.patch(top, left);
    retina.focus();
    Placement.Box box = view.placement().box(top, left, patch);
    return look(box.x(), box.y(), box.width(), box.height(), start);
  }

  private Sight.Look look(int x, int y, int width, int height, long startNanos) {
    int best = retina.best();
    float confidence = retina.probability(best);
    return new Sight.Look(x, y, width, height, confidence, best, CpuClock.nanos() - startNanos);
  }

  @Override
  public float[] probabilities() {
    return retina.probabilities();
  }

  @Override
  public void close() {
    view.close();
    retina.close();
  }
}
