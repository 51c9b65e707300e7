package io.saccade.simulate;

import io.saccade.gfnet.GfNet;
import io.saccade.simulate.trace.Recorder;
import io.saccade.simulate.trace.Trace;
import io.saccade.simulate.trace.TraceWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code saccade simulate record}: what a model says about pictures, for the simulator. */
@Command(
    name = "record",
    description = {
      "Records what each look of a model says and costs.",
      "It is for the simulator to play. Takes every look at every picture"
          + " DIR/CLASS/CLIP/PICTURE.",
      "",
      "Example: saccade simulate record \\",
      "    --bundle models/bundles/runway --data pictures --out t.csv",
      ""
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
public final class RecordCommand implements Callable<Integer> {
  @Option(names = "--bundle", paramLabel = "PATH", required = true, description = "The model.")
  private Path bundle = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "Pictures the model was not trained on, in folders of class and clip.")
  private Path data = Path.of("");

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where to write.")
  private Path out = Path.of("");

  @Override
  public Integer call() throws IOException {
    try (GfNet net = GfNet.open(bundle)) {
      Trace trace = Recorder.record(net, data, frames -> System.err.printf("%d frames%n", frames));
      TraceWriter.write(trace, out);
      System.out.printf(
          "%d frames of %d clips, %d looks each: %s%n",
          trace.frames(), trace.clips().size(), trace.looks(), out);
    }
    return ExitCode.OK;
  }
}
