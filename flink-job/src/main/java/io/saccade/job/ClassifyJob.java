package io.saccade.job;

import io.saccade.job.classify.ClassifyOperator;
import io.saccade.job.classify.Outputs;
import io.saccade.job.control.Notice;
import io.saccade.job.control.SystemClock;
import io.saccade.job.kafka.KafkaPlace;
import io.saccade.job.kafka.KafkaSinks;
import io.saccade.job.kafka.KafkaSources;
import io.saccade.job.network.BundleOpener;
import io.saccade.job.network.NetworkOpener;
import io.saccade.wire.Frame;
import io.saccade.wire.Label;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;

/**
 * The job: frames in, labels out. Source and sinks are passed in, so that production, tests and
 * benchmarks run the same.
 */
public final class ClassifyJob {
  private ClassifyJob() {}

  /**
   * Builds the job between Kafka's topics. Topics have to be there; see {@link JobCommand}. The
   * model is pinned to the bundle as it is here, if it is.
   *
   * @throws io.saccade.gfnet.InvalidBundleException when that is not the one the options pin
   */
  public static void kafka(StreamExecutionEnvironment env, JobOptions options) {
    kafka(env, options, opener(options));
  }

  static void kafka(StreamExecutionEnvironment env, JobOptions options, NetworkOpener opener) {
    KafkaPlace place = place(options);
    KafkaSinks sinks =
        new KafkaSinks(
            place,
            options.delivery() == Delivery.EXACTLY_ONCE
                ? DeliveryGuarantee.EXACTLY_ONCE
                : DeliveryGuarantee.AT_LEAST_ONCE,
            options.transactionTimeoutMillis());
    DataStream<Frame> frames =
        env.fromSource(
                KafkaSources.frames(place, options.startFrom()),
                WatermarkStrategy.noWatermarks(),
                "frames")
            .uid("frames")
            .setParallelism(options.parallelism());
    DataStream<byte[]> control =
        env.fromSource(KafkaSources.control(place), WatermarkStrategy.noWatermarks(), "control")
            .uid("control")
            .setParallelism(1);
    pipeline(
        env,
        frames,
        notices(env, control, place),
        new JobSinks(sinks.labels(), sinks.events(), sinks.deadLetters(), sinks.status()),
        options,
        opener);
  }

  /** The model, pinned where the job is submitted. */
  static BundleOpener opener(JobOptions options) {
    return BundleOpener.submitted(options.bundle(), options.bundleSha256(), options.modelFolders());
  }

  /**
   * One subtask has no others to hear, and reads their news all the same: a savepoint of several
   * goes on with one only if everything that kept state is still there.
   */
  private static DataStream<Notice> notices(
      StreamExecutionEnvironment env, DataStream<byte[]> control, KafkaPlace place) {
    return notices(control)
        .union(
            env.fromSource(KafkaSources.news(place), WatermarkStrategy.noWatermarks(), "news")
                .uid("news")
                .setParallelism(1));
  }

  private static DataStream<Notice> notices(DataStream<byte[]> control) {
    return control
        .map(Notice::ofControl)
        .returns(Notice.class)
        .name("notices")
        .uid("notices")
        .setParallelism(1);
  }

  static KafkaPlace place(JobOptions options) {
    return new KafkaPlace(
        options.brokers(), options.topics(), options.groupId(), options.clientProperties());
  }

  /**
   * Builds the part between source and sinks, where subtasks hear no news of each other and share
   * the budget equally.
   *
   * @param env is configured as the options say: checkpoints, restarts, serialisation
   * @param frames with the job's parallelism; each frame goes to the subtask that read it
   * @param control values of control records as they came
   */
  public static void pipeline(
      StreamExecutionEnvironment env,
      DataStream<Frame> frames,
      DataStream<byte[]> control,
      JobSinks sinks,
      JobOptions options) {
    pipeline(env, frames, notices(control), sinks, options, opener(options));
  }

  static void pipeline(
      StreamExecutionEnvironment env,
      DataStream<Frame> frames,
      DataStream<Notice> notices,
      JobSinks sinks,
      JobOptions options,
      NetworkOpener opener) {
    env.configure(JobConfiguration.of(options));
    env.setParallelism(options.parallelism());
    SingleOutputStreamOperator<Label> labels =
        frames
            .forward()
            .connect(notices.broadcast())
            .transform(
                "classify",
                Outputs.LABEL,
                new ClassifyOperator(opener, options.start(), new SystemClock()))
            .uid("classify")
            .setParallelism(options.parallelism());
    labels.sinkTo(sinks.labels()).uid("labels").name("labels");
    labels.getSideOutput(Outputs.EVENTS).sinkTo(sinks.events()).uid("events").name("events");
    labels
        .getSideOutput(Outputs.DEAD_LETTERS)
        .sinkTo(sinks.deadLetters())
        .uid("dead-letters")
        .name("dead-letters");
    labels.getSideOutput(Outputs.STATUS).sinkTo(sinks.status()).uid("status").name("status");
  }

  /**
   * For {@code flink run}, with the options of {@code saccade job}. What goes wrong is thrown: an
   * exit here would end a JobManager that runs this.
   */
  public static void main(String[] args) throws Exception {
    JobCommand command = new JobCommand();
    CommandLine.ParseResult parsed = new CommandLine(command).parseArgs(args);
    if (!CommandLine.printHelpIfRequested(parsed) && command.call() != 0) {
      throw new IllegalStateException("the job failed; what went wrong was said before");
    }
  }
}
