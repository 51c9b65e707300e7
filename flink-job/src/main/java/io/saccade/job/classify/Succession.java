package io.saccade.job.classify;

import io.saccade.job.control.ModelState;
import io.saccade.job.network.NetworkOpener;
import io.saccade.wire.Excerpt;
import io.saccade.wire.JsonCodec;
import io.saccade.wire.MalformedRecordException;
import io.saccade.wire.ModelOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Which model comes after the one in force. One that is ordered is loaded and checked in a thread
 * of its own, one at a time, while the one in force goes on looking; it is handed over when it is
 * ready, and refused with a reason when anything is wrong. To be called by the task's thread alone.
 */
final class Succession implements AutoCloseable {

  /**
   * What became of an order.
   *
   * @param epoch of the order
   * @param refusal why the model before stays in force, one line that prints; null when the ordered
   *     one looks from now on
   */
  record Answer(long epoch, @Nullable String refusal) {}

  /** Characters of a refusal, which goes to log, topic and terminal. */
  private static final int LONGEST_REFUSAL = 2000;

  private final NetworkOpener opener;
  private final Start start;
  private final List<Answer> answers = new ArrayList<>();
  private List<String> classes = List.of();
  private String sha256 = "";
  private long epoch;
  private @Nullable ModelOrder inForce;
  private @Nullable Loading loading;
  private @Nullable ModelOrder next;

  private record Loading(ModelOrder order, CompletableFuture<ReadyModel> model) {}

  /**
   * Begins without a model.
   *
   * @param opener of the model that the job was started with
   */
  Succession(NetworkOpener opener, Start start) {
    this.opener = opener;
    this.start = start;
  }

  /**
   * The model to begin with: the newest that was in force when the state was kept and is still
   * there, else the one that the job was started with.
   */
  ReadyModel first(Iterable<ModelState> kept) {
    ReadyModel first = begun(readable(kept, ModelState::inForce));
    classes = first.bundle().classes();
    sha256 = first.bundle().sha256();
    epoch = states(kept).mapToLong(ModelState::epoch).max().orElse(0);
    readable(kept, ModelState::asked).stream()
        .filter(order -> inForce == null || order.epoch() > inForce.epoch())
        .findFirst()
        .ifPresent(this::load);
    return first;
  }

  private ReadyModel begun(List<ModelOrder> orders) {
    ReadyModel standard = null;
    RuntimeException missing = null;
    try {
      standard = ReadyModel.of(opener, start);
      classes = standard.bundle().classes();
    } catch (RuntimeException e) {
      // An ordered one does without, and had these classes when it was taken.
      missing = e;
    }
    for (ModelOrder order : orders) {
      try {
        ReadyModel ordered = ordered(order);
        inForce = order;
        if (standard != null) {
          standard.close();
        }
        return ordered;
      } catch (RuntimeException refused) {
        refuse(order, refused);
      }
    }
    if (standard == null) {
      throw Objects.requireNonNull(missing);
    }
    return standard;
  }

  private static Stream<ModelState> states(Iterable<ModelState> kept) {
    return StreamSupport.stream(kept.spliterator(), false);
  }

  private interface Part {
    byte @Nullable [] of(ModelState state);
  }

  /**
   * The orders, newest first. One that was taken by a release which asked less of orders is refused
   * as if it came now; the job must not fail for it at each restart.
   */
  private List<ModelOrder> readable(Iterable<ModelState> kept, Part part) {
    return states(kept)
        .flatMap(state -> read(part.of(state), state.epoch()).stream())
        .distinct()
        .sorted(Comparator.comparingLong(ModelOrder::epoch).reversed())
        .toList();
  }

  /** Nothing when there is none; one that cannot be read is refused under this epoch. */
  private Optional<ModelOrder> read(byte @Nullable [] json, long under) {
    if (json == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonCodec.MODEL_ORDER.decode(json));
    } catch (MalformedRecordException e) {
      refuse(under, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Takes an order as it came. */
  void order(byte[] control) {
    read(control, epoch).ifPresent(this::order);
  }

  private void order(ModelOrder order) {
    if (order.epoch() <= epoch) {
      refuse(
          order,
          "epoch must be above %d, which was ordered, but was %d".formatted(epoch, order.epoch()));
      return;
    }
    epoch = order.epoch();
    if (loading == null && next == null) {
      load(order);
      return;
    }
    if (next != null) {
      refuse(next, "must be the newest order, but that of epoch %d came".formatted(epoch));
    }
    next = order;
  }

  private void load(ModelOrder order) {
    if (inForce != null
        && order.sha256().equals(inForce.sha256())
        && order.location().equals(inForce.location())) {
      took(order);
      return;
    }
    loading =
        new Loading(
            order,
            CompletableFuture.supplyAsync(
                () -> ordered(order), task -> new Thread(task, "saccade-model").start()));
  }

  private void took(ModelOrder order) {
    inForce = order;
    answers.add(new Answer(order.epoch(), null));
  }

  private ReadyModel ordered(ModelOrder order) {
    ReadyModel ready = ReadyModel.of(opener.ordered(order), start);
    List<String> others = ready.bundle().classes();
    if (!classes.isEmpty() && !others.equals(classes)) {
      ready.close();
      // Events and the labels' readers know these classes; others need a start of their own.
      throw new IllegalArgumentException(
          "classes must be the %d that the job was started with (%s), but were %d (%s)"
              .formatted(classes.size(), shown(classes), others.size(), shown(others)));
    }
    return ready;
  }

  private static String shown(List<String> classes) {
    List<String> some = classes.subList(0, Math.min(8, classes.size()));
    return String.join(", ", some) + (some.size() < classes.size() ? ", ..." : "");
  }

  /** The ordered model, once it is ready; from then on it counts as the one in force. */
  Optional<ReadyModel> ready() {
    Loading done = loading;
    if (done == null) {
      // Not before the one in force was let go of, which would wait for what is loaded meanwhile.
      ModelOrder waiting = next;
      next = null;
      if (waiting != null) {
        load(waiting);
      }
      return Optional.empty();
    }
    if (!done.model().isDone()) {
      return Optional.empty();
    }
    loading = null;
    return taken(done);
  }

  private Optional<ReadyModel> taken(Loading done) {
    try {
      ReadyModel model = done.model().join();
      took(done.order());
      String taken = model.bundle().sha256();
      if (taken.equals(sha256)) {
        // The one that looks, from another place: good there too, which is all there was to learn.
        model.close();
        return Optional.empty();
      }
      sha256 = taken;
      return Optional.of(model);
    } catch (CompletionException e) {
      // Also one that memory does not suffice for: the model in force is as good as before.
      refuse(done.order(), e.getCause() == null ? e : e.getCause());
      return Optional.empty();
    }
  }

  private void refuse(ModelOrder order, Throwable why) {
    String told = why instanceof RuntimeException ? why.getMessage() : null;
    refuse(order, told == null ? why.toString() : told);
  }

  private void refuse(ModelOrder order, String why) {
    refuse(order.epoch(), why);
  }

  private void refuse(long ofEpoch, String why) {
    // Twice: what does not print gets longer by being shown.
    String shown = Excerpt.plain(why.replace('\n', ' '), LONGEST_REFUSAL);
    answers.add(new Answer(ofEpoch, Excerpt.plain(shown, LONGEST_REFUSAL)));
  }

  /** What became of orders since the last call. */
  List<Answer> answers() {
    List<Answer> since = List.copyOf(answers);
    answers.clear();
    return since;
  }

  /** What is to be kept. */
  ModelState kept() {
    ModelOrder asked = next != null || loading == null ? next : loading.order();
    return new ModelState(epoch, json(inForce), json(asked));
  }

  private static byte @Nullable [] json(@Nullable ModelOrder order) {
    return order == null ? null : JsonCodec.MODEL_ORDER.encode(order);
  }

  /** Waits for a model that is being loaded: half-loaded, it could not be let go of. */
  @Override
  public void close() {
    Loading left = loading;
    loading = null;
    if (left != null) {
      left.model().thenAccept(ReadyModel::close).exceptionally(refused -> null).join();
    }
  }
}
