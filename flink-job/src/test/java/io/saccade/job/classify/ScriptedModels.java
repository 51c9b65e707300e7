package io.saccade.job.classify;

import io.saccade.gfnet.InvalidBundleException;
import io.saccade.job.network.Network;
import io.saccade.job.network.NetworkOpener;
import io.saccade.wire.ModelOrder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Networks by their location; those that a test holds back are loading until it lets them go. */
final class ScriptedModels implements NetworkOpener {
  private static final long serialVersionUID = 1;

  private final transient ScriptedNetwork standard;
  private final transient Map<String, ScriptedNetwork> others = new TreeMap<>();
  private final transient Map<String, CountDownLatch> heldBack = new ConcurrentHashMap<>();
  private final transient Set<String> tooLarge = ConcurrentHashMap.newKeySet();
  private final transient Map<String, String> broken = new ConcurrentHashMap<>();
  private transient boolean gone;

  ScriptedModels(ScriptedNetwork standard) {
    this.standard = standard;
  }

  ScriptedModels with(String location, ScriptedNetwork network) {
    others.put(location, network);
    return this;
  }

  /** What is loaded from there does not come before it is {@linkplain #letGo let go}. */
  ScriptedModels holdBack(String location) {
    heldBack.put(location, new CountDownLatch(1));
    return this;
  }

  void letGo(String location) {
    heldBack.getOrDefault(location, new CountDownLatch(0)).countDown();
  }

  /** Memory does not suffice for what is there. */
  ScriptedModels withTooLarge(String location) {
    tooLarge.add(location);
    return this;
  }

  /** What is there is refused with these words. */
  ScriptedModels withBroken(String location, String complaint) {
    broken.put(location, complaint);
    return this;
  }

  /** The model that the job was started with is not where it was. */
  ScriptedModels withoutTheStarts() {
    gone = true;
    return this;
  }

  @Override
  public Network open() {
    if (gone) {
      throw new InvalidBundleException("there is nothing at this path");
    }
    return standard;
  }

  @Override
  public NetworkOpener ordered(ModelOrder order) {
    if (tooLarge.contains(order.location())) {
      return () -> {
        throw new OutOfMemoryError("Java heap space");
      };
    }
    String complaint = broken.get(order.location());
    if (complaint != null) {
      throw new InvalidBundleException(complaint);
    }
    ScriptedNetwork found = others.get(order.location());
    if (found == null) {
      throw new IllegalArgumentException("nothing could be found at " + order.location());
    }
    return () -> {
      awaitLetGo(order.location());
      return found;
    };
  }

  private void awaitLetGo(String location) {
    try {
      heldBack.getOrDefault(location, new CountDownLatch(0)).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
