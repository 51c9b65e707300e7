package io.saccade.bench;

import io.saccade.gfnet.Classifier;
import io.saccade.gfnet.Deadline;
import io.saccade.gfnet.Frontier;
import io.saccade.gfnet.GfNet;
import io.saccade.gfnet.Limits;
import io.saccade.gfnet.Sight;
import java.time.Duration;
import java.util.List;

/** Decode and looks in a plain loop: what the machine can do without Flink and Kafka. */
final class BareWay implements Way {
  private final List<byte[]> jpegs;
  private final double position;
  private final Frontier frontier;
  private final Classifier classifier;
  private int next;

  BareWay(GfNet net, List<byte[]> jpegs, double position) {
    this.jpegs = jpegs;
    this.position = position;
    this.frontier = net.bundle().frontier();
    this.classifier = net.classifier(Limits.DEFAULT);
  }

  @Override
  public Throughput run(Duration warmUp, Duration counted) {
    long from = System.nanoTime() + warmUp.toNanos();
    while (System.nanoTime() < from) {
      looksOfNext();
    }
    long start = System.nanoTime();
    long frames = 0;
    long looks = 0;
    long now = start;
    while (now - start < counted.toNanos()) {
      looks += looksOfNext();
      frames++;
      now = System.nanoTime();
    }
    return new Throughput(frames, now - start, looks);
  }

  private int looksOfNext() {
    byte[] jpeg = jpegs.get(next % jpegs.size());
    Sight sight = classifier.classify(jpeg, frontier.thresholds(position, next++), Deadline.NONE);
    if (sight instanceof Sight.Verdict verdict) {
      return verdict.looks().size();
    }
    throw new IllegalStateException("a sample picture must be readable, but was " + sight);
  }

  @Override
  public void close() {
    classifier.close();
  }
}
