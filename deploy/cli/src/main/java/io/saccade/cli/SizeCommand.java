package io.saccade.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.saccade.evaluate.sizing.Assumptions;
import io.saccade.evaluate.sizing.Load;
import io.saccade.evaluate.sizing.ModelCosts;
import io.saccade.evaluate.sizing.Resolution;
import io.saccade.evaluate.sizing.Sizer;
import io.saccade.evaluate.sizing.Sizing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code saccade size}: what so many cameras need. */
@Command(
    name = "size",
    description = {
      "Works out what cameras need.",
      "Cores at each quality, parallelism, partitions, network, state, memory. From the"
          + " bundle's measured costs; what is assumed besides is said.",
      "",
      "Example: saccade size --cameras 100 --fps 10 --resolution 720p",
      "Example: saccade size --cameras 100 --fps 10 --resolution 720p --cores 8",
      "Example: saccade size --cameras 1000 --fps 5 \\",
      "    --resolution 1920x1080 --quality glance --json",
      ""
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class SizeCommand implements Callable<Integer> {
  /** For what does not depend on it. */
  private static final Resolution ANY = new Resolution(1_280, 720);

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--cameras", paramLabel = "N", description = "How many.")
  private long cameras = 10;

  @Option(names = "--fps", paramLabel = "F", description = "Frames per second of each (10).")
  private double framesPerSecond = 10;

  @Option(
      names = "--resolution",
      paramLabel = "R",
      description = "Such as 1280x720, or 480p, 720p, 1080p, 2160p (720p).")
  private String resolution = "720p";

  @Option(
      names = "--quality",
      paramLabel = "Q",
      description =
          "full: every look at every frame (the default); glance: one look; best: the"
              + " cheapest within a point of the best accuracy; or a position on the bundle's"
              + " frontier.")
  private @Nullable String quality;

  @Option(
      names = "--cores",
      paramLabel = "K",
      description = "Instead: how good it gets with so many cores for classifying.")
  private @Nullable Double cores;

  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      description = "The model, with its evaluation (default: the one that is shipped).")
  private @Nullable Path bundle;

  @Option(
      names = "--picture-kb",
      paramLabel = "KB",
      description = "Size of a picture (default: by its pixels).")
  private @Nullable Double pictureKilobytes;

  @Option(
      names = "--decode-ms",
      paramLabel = "MS",
      description = "CPU time of decoding one (default: by its pixels).")
  private @Nullable Double decodeMillis;

  @Option(names = "--replication", paramLabel = "N", description = "Copies that Kafka keeps (3).")
  private int replication = Assumptions.MEASURED.replication();

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "Put a table for 10, 1,000 and 100,000 such cameras into a Markdown page.")
  private @Nullable Path page;

  @Override
  public Integer call() throws IOException {
    requireSense();
    ModelCosts model = ModelCosts.of(bundle == null ? Home.bundle() : bundle);
    Sizing sizing;
    try {
      sizing = sized(model, cameras);
    } catch (IllegalArgumentException e) {
      throw Complaint.of(spec, e.getMessage());
    }
    if (page != null) {
      SizeTable.write(page, sized(model, 10), sized(model, 1_000), sized(model, 100_000));
      System.out.println(page + " written");
    } else if (json) {
      System.out.println(
          new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(sizing));
    } else {
      SizeTable.lines(sizing).forEach(System.out::println);
    }
    return ExitCode.OK;
  }

  /** All that is wrong is said at once. */
  private void requireSense() {
    List<String> wrong = new ArrayList<>();
    if (quality != null && cores != null) {
      wrong.add("at most one of --quality and --cores must be given, but both were");
    }
    complaint(() -> Resolution.parse(resolution)).ifPresent(wrong::add);
    complaint(() -> new Load(cameras, 1, ANY)).ifPresent(wrong::add);
    complaint(() -> new Load(1, framesPerSecond, ANY)).ifPresent(wrong::add);
    complaint(() -> Assumptions.MEASURED.withReplication(replication)).ifPresent(wrong::add);
    complaint(() -> withPicture(Assumptions.MEASURED, ANY)).ifPresent(wrong::add);
    complaint(() -> withDecoding(Assumptions.MEASURED)).ifPresent(wrong::add);
    if (page != null && !Files.isRegularFile(page)) {
      wrong.add("--page must be a file that is there, but was " + page);
    }
    if (!wrong.isEmpty()) {
      throw Complaint.of(spec, String.join("; ", wrong));
    }
  }

  private static Optional<String> complaint(Supplier<?> value) {
    try {
      var unused = value.get();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Sizing sized(ModelCosts model, long number) {
    Load load = new Load(number, framesPerSecond, Resolution.parse(resolution));
    Sizer sizer = new Sizer(model, assumptions(load));
    return cores == null
        ? sizer.at(quality == null ? "full" : quality, load)
        : sizer.within(cores, load);
  }

  private Assumptions assumptions(Load load) {
    Assumptions assumed = Assumptions.MEASURED.withReplication(replication);
    return withDecoding(withPicture(assumed, load.resolution()));
  }

  private Assumptions withPicture(Assumptions assumed, Resolution of) {
    return pictureKilobytes == null
        ? assumed
        : assumed.withPictureBytes(of, pictureKilobytes * 1_000);
  }

  private Assumptions withDecoding(Assumptions assumed) {
    return decodeMillis == null ? assumed : assumed.withDecodeMillis(decodeMillis);
  }
}
