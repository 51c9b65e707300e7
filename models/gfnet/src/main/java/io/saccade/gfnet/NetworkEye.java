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
  private final ViewShape shape;

  NetworkEye(Network network, ViewShape shape, Limits limits) {
    this.shape = shape;
    retina = network.retina();
    boolean made = false;
    try {
      view = new View(shape, limits, retina.ofGlance(), retina.ofPatch());
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
    int top = shape.offset(retina.nextDown());
    int left = shape.offset(retina.nextAcross());
    view.patch(top, left);
    retina.focus();
    Placement.Box box = view.placement().box(top, left, shape.patch());
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
