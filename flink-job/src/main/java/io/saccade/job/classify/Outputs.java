package io.saccade.job.classify;

import io.saccade.wire.DeadLetter;
import io.saccade.wire.Event;
import io.saccade.wire.Frame;
import io.saccade.wire.Label;
import io.saccade.wire.Status;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** What flows, as Flink types; beside the labels go three side outputs. */
public final class Outputs {
  public static final TypeInformation<Frame> FRAME = TypeInformation.of(Frame.class);
  public static final TypeInformation<Label> LABEL = TypeInformation.of(Label.class);

  public static final OutputTag<Event> EVENTS =
      new OutputTag<>("events", TypeInformation.of(Event.class));
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));
  public static final OutputTag<Status> STATUS =
      new OutputTag<>("status", TypeInformation.of(Status.class));

  private Outputs() {}
}
