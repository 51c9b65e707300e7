package io.saccade.wire;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Any record that can be written, the odd ones included. */
final class Records {
  private static final Arbitrary<Long> LONGS = Arbitraries.longs();
  private static final Arbitrary<Long> COUNTS = Arbitraries.longs().greaterOrEqual(0);
  private static final Arbitrary<Integer> INDEXES = Arbitraries.integers().greaterOrEqual(0);
  private static final Arbitrary<Integer> SIZES = Arbitraries.integers().greaterOrEqual(1);

  /** Every finite number, subnormal ones and both zeros included. */
  static final Arbitrary<Double> DOUBLES =
      Arbitraries.oneOf(
          Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite),
          Arbitraries.doubles().between(-1e6, 1e6),
          Arbitraries.of(0.0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 1e-7, 0.1 + 0.2));

  private static final Arbitrary<Float> FLOATS =
      Arbitraries.integers().map(Float::intBitsToFloat).filter(Float::isFinite);

  private static final Arbitrary<Float> SHARES =
      Arbitraries.oneOf(
          Arbitraries.floats().between(0f, 1f),
          FLOATS.map(Math::abs).filter(it -> it <= 1f),
          Arbitraries.of(0f, 1f, Float.MIN_VALUE, 0.93f));

  /** Every character but half surrogate pairs, which no UTF-8 can hold. */
  static final Arbitrary<String> ANY_TEXT =
      Arbitraries.integers()
          .between(0, Character.MAX_CODE_POINT)
          .filter(it -> it < Character.MIN_SURROGATE || it > Character.MAX_SURROGATE)
          .list()
          .ofMaxSize(30)
          .map(
              characters -> {
                StringBuilder text = new StringBuilder();
                characters.forEach(text::appendCodePoint);
                return text.toString();
              });

  private static final Arbitrary<String> TEXT = ANY_TEXT.map(it -> "x" + it);

  private static final Arbitrary<String> PRINTS =
      ANY_TEXT.map(
          text ->
              text.codePoints()
                  .filter(Excerpt::prints)
                  .collect(
                      () -> new StringBuilder("x"),
                      StringBuilder::appendCodePoint,
                      StringBuilder::append)
                  .toString());

  private Records() {}

  static Arbitrary<Control> controls() {
    Arbitrary<Double> rates = DOUBLES.map(Math::abs).filter(it -> it > 0);
    Arbitrary<Double> caps = Arbitraries.doubles().between(Control.LEAST_CAP, 1).ofScale(6);
    return Combinators.combine(
            Arbitraries.longs().greaterOrEqual(1),
            PRINTS,
            rates.injectNull(0.3),
            Arbitraries.of(true, false),
            Arbitraries.longs().greaterOrEqual(1),
            Arbitraries.longs().greaterOrEqual(1),
            Arbitraries.doubles().between(0, Control.MOST_AUDITS),
            Arbitraries.maps(PRINTS, Combinators.combine(weights(), caps).as(Control.Camera::new))
                .ofMaxSize(3))
        .as(
            (epoch, issuedBy, rate, cores, age, other, audits, cameras) ->
                new Control(
                    Control.SCHEMA,
                    epoch,
                    issuedBy,
                    cores ? rate : null,
                    cores ? null : rate,
                    Math.min(age, other),
                    Math.max(age, other),
                    audits,
                    cameras));
  }

  static Arbitrary<Event> events() {
    return Combinators.combine(
            TEXT,
            Arbitraries.of(Event.CHANGED, Event.SILENT, Event.BACK),
            TEXT.injectNull(0.3),
            TEXT.injectNull(0.3),
            LONGS,
            LONGS,
            INDEXES,
            DOUBLES.map(Math::abs).filter(it -> it <= 1))
        .as(
            (camera, kind, from, to, at, since, frames, confidence) ->
                new Event(1, camera, kind, from, to, at, since, frames, confidence));
  }

  static Arbitrary<CameraStatus> cameraStatuses() {
    return Combinators.combine(
            TEXT,
            TEXT,
            TEXT.injectNull(0.3),
            LONGS,
            LONGS,
            LONGS.injectNull(0.3),
            COUNTS.array(Long[].class).ofSize(4))
        .as(
            (camera, state, reason, at, since, newest, counts) ->
                new CameraStatus(
                    1,
                    camera,
                    state,
                    reason,
                    at,
                    since,
                    newest,
                    counts[0] >> 1,
                    counts[1],
                    counts[2],
                    counts[3]));
  }

  static Arbitrary<Label> labels() {
    Arbitrary<Label.Ranked> ranked = Combinators.combine(TEXT, SHARES).as(Label.Ranked::new);
    Arbitrary<Label.Look> looks =
        Combinators.combine(Arbitraries.integers(), INDEXES, SIZES, SIZES, SHARES, COUNTS)
            .as(Label.Look::new);
    Arbitrary<Long[]> numbers = COUNTS.array(Long[].class).ofSize(5);
    Arbitrary<Long[]> times = LONGS.array(Long[].class).ofSize(3);
    return Combinators.combine(
            Combinators.combine(TEXT, ANY_TEXT, TEXT).as(List::of),
            numbers,
            times,
            Arbitraries.of(Label.CLASSIFIED, Label.SHED, Label.UNREADABLE),
            ranked.list().ofMaxSize(5),
            looks.list().ofMaxSize(6),
            FLOATS.list().ofMaxSize(5),
            DOUBLES)
        .as(
            (texts, counts, at, outcome, classes, taken, thresholds, point) ->
                new Label(
                    1,
                    texts.get(0),
                    counts[0],
                    (int) (counts[1] >>> 32),
                    counts[1],
                    at[0],
                    outcome,
                    texts.get(1),
                    classes,
                    taken,
                    thresholds,
                    point,
                    counts[2],
                    counts[3],
                    counts[4],
                    at[1],
                    at[2],
                    texts.get(2),
                    "ab12"));
  }

  static Arbitrary<ModelOrder> modelOrders() {
    Arbitrary<String> hashes = Arbitraries.strings().withChars("0123456789abcdef").ofLength(64);
    return Combinators.combine(Arbitraries.longs().greaterOrEqual(1), PRINTS, PRINTS, hashes)
        .as(ModelOrder::new);
  }

  static Arbitrary<Status> statuses() {
    Arbitrary<Status.Settings> settings =
        Combinators.combine(
                DOUBLES, LONGS, LONGS, LONGS, LONGS, TEXT.injectNull(0.3), DOUBLES.injectNull(0.3))
            .as(Status.Settings::new);
    Arbitrary<Status.Seen> seen =
        LONGS
            .array(Long[].class)
            .ofSize(12)
            .map(
                it ->
                    new Status.Seen(
                        it[0], it[1], it[2], it[3], it[4], it[5], it[6], it[7], it[8], it[9],
                        it[10], it[11]));
    Arbitrary<Status.Decided> decided =
        Combinators.combine(DOUBLES, DOUBLES, DOUBLES, DOUBLES, DOUBLES, DOUBLES)
            .as(Status.Decided::new);
    Arbitrary<Status.Nominal> nominal =
        Combinators.combine(
                DOUBLES, DOUBLES, DOUBLES, DOUBLES.injectNull(0.3), DOUBLES.injectNull(0.3))
            .as(Status.Nominal::new);
    Arbitrary<Status> statuses =
        Combinators.combine(
                Arbitraries.of(Status.DECISION, Status.CONTROL_ACCEPTED, Status.CONTROL_REFUSED),
                Arbitraries.integers().between(0, 1000),
                COUNTS,
                TEXT.injectNull(0.5),
                settings.injectNull(0.2),
                seen.injectNull(0.2),
                DOUBLES.list().ofMaxSize(8),
                decided.injectNull(0.2))
            .as(
                (kind, subtask, number, text, set, saw, memory, point) ->
                    new Status(
                        1,
                        kind,
                        subtask,
                        subtask + 1,
                        -number,
                        number,
                        text,
                        text,
                        set,
                        saw,
                        memory,
                        point,
                        null,
                        null,
                        null,
                        null));
    Arbitrary<Status.Demand> demands =
        Combinators.combine(
                DOUBLES, DOUBLES, DOUBLES, DOUBLES, DOUBLES, Arbitraries.of(true, false))
            .as(Status.Demand::new);
    Arbitrary<Double> shares = DOUBLES.map(Math::abs).filter(it -> it <= 1);
    Arbitrary<Status.Accuracy> accuracies =
        Combinators.combine(DOUBLES, shares, shares, shares, shares, shares, shares)
            .as(Status.Accuracy::new);
    return Combinators.combine(
            statuses,
            nominal.injectNull(0.2),
            TEXT.injectNull(0.2),
            demands.injectNull(0.5),
            accuracies.injectNull(0.5))
        .as(Records::with);
  }

  private static Status with(
      Status status,
      Status.@Nullable Nominal nominal,
      @Nullable String job,
      Status.@Nullable Demand demand,
      Status.@Nullable Accuracy accuracy) {
    return new Status(
        status.schema(),
        status.kind(),
        status.subtask(),
        status.parallelism(),
        status.atMillis(),
        status.epoch(),
        status.reason(),
        status.controller(),
        status.settings(),
        status.seen(),
        status.memory(),
        status.decided(),
        nominal,
        job,
        demand,
        accuracy);
  }

  private static Arbitrary<Double> weights() {
    return Arbitraries.doubles().between(Control.LEAST_WEIGHT, Control.MOST_WEIGHT).ofScale(3);
  }
}
