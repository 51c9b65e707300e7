package io.saccade.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Jobs of a cluster: handed over, kept in savepoints, stopped. */
public final class Jobs {
  private static final Pattern SUBMITTED = Pattern.compile("JobID ([0-9a-f]{32})");
  private static final Pattern CAUSE = Pattern.compile("^Caused by: (?:[\\w.$]+: )?(.+)$");
  private static final Duration SAVED = Duration.ofMinutes(5);

  /** A JobManager that takes the place of another knows nothing of what that one was asked. */
  private static final Duration UNKNOWN = Duration.ofSeconds(20);

  private static final String OURS = "saccade: ";

  private final Cluster cluster;
  private final Consumer<String> say;

  /**
   * Of a cluster.
   *
   * @param say told what the job says while it is handed over
   */
  public Jobs(Cluster cluster, Consumer<String> say) {
    this.cluster = cluster;
    this.say = say;
  }

  /**
   * Hands the job over as {@code flink run} would, in a process of its own.
   *
   * @param savepoint to go on from; null for none
   * @param arguments the options of {@code saccade job}
   * @return the job's id
   * @throws IllegalStateException when it was refused
   */
  public String submit(@Nullable String savepoint, List<String> arguments)
      throws IOException, InterruptedException {
    Layout layout = cluster.layout();
    Path job = Jars.ofThisProcess().job();
    List<String> command =
        new ArrayList<>(Program.command(layout.conf(), layout.run(), Programs.CLIENT, 1));
    command.addAll(List.of("run", "-d"));
    if (savepoint != null) {
      command.addAll(List.of("-s", savepoint));
    }
    command.add(job.toString());
    command.addAll(arguments);
    Files.createDirectories(layout.scratch(Programs.CLIENT));
    try {
      return handOver(command, layout);
    } finally {
      Folders.delete(layout.scratch(Programs.CLIENT));
    }
  }

  private String handOver(List<String> command, Layout layout)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("FLINK_CONF_DIR", layout.conf().toString());
    Process client = builder.start();
    Path out = layout.logs().resolve(Programs.CLIENT + ".out");
    String id = null;
    String cause = "it has said nothing";
    int code;
    try (BufferedReader said =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        Writer log =
            Files.newBufferedWriter(out, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      log.write(Instant.now() + "\n");
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        log.write(line + "\n");
        Matcher submitted = SUBMITTED.matcher(line);
        Matcher caused = CAUSE.matcher(line.strip());
        if (submitted.find()) {
          id = submitted.group(1);
        } else if (caused.find()) {
          // The last is the root of it.
          cause = caused.group(1);
        } else if (line.startsWith(OURS)) {
          say.accept(line.substring(OURS.length()));
        }
      }
      code = client.waitFor();
    } finally {
      client.destroyForcibly();
    }
    if (id == null) {
      throw new IllegalStateException(
          "the job was not taken (%d): %s; more in %s".formatted(code, cause, out));
    }
    return id;
  }

  /** Waits until each of a job's tasks runs, at most so long; tells whether they do. */
  public boolean awaitTasks(String job, Duration atMost) throws InterruptedException {
    return Patience.until(
        atMost,
        () -> cluster.status().jobs().stream().anyMatch(it -> it.id().equals(job) && it.works()));
  }

  /** Why a job does not run, in Flink's words; empty when it has not failed. */
  public Optional<String> trouble(String job) throws InterruptedException {
    return cluster
        .rest()
        .ask("/jobs/" + job + "/exceptions?maxExceptions=1")
        .map(it -> it.path("exceptionHistory").path("entries").path(0).path("stacktrace").asText())
        .filter(text -> !text.isBlank())
        .map(Jobs::root);
  }

  /** The last cause that a stack trace names. */
  static String root(String trace) {
    String root = trace.lines().findFirst().orElse(trace);
    for (String line : trace.lines().toList()) {
      Matcher caused = CAUSE.matcher(line.strip());
      if (caused.find()) {
        root = caused.group(1);
      }
    }
    return root;
  }

  /** The only job there is that has not ended, for who has not named one. */
  public String only() throws InterruptedException {
    List<ClusterStatus.Job> jobs =
        cluster.status().jobs().stream().filter(it -> !it.failed()).toList();
    if (jobs.size() != 1) {
      throw new IllegalStateException(
          "there must be one job, or --job must name it, but there are %s"
              .formatted(
                  jobs.isEmpty() ? "none" : jobs.stream().map(ClusterStatus.Job::id).toList()));
    }
    return jobs.get(0).id();
  }

  /**
   * Keeps what a job knows.
   *
   * @param stop whether the job is to end with it
   * @return where it is kept
   * @throws IOException when Flink refuses
   * @throws IllegalStateException when there is no savepoint, or it cannot be told where; the job
   *     may have stopped all the same
   */
  public String savepoint(String job, boolean stop) throws IOException, InterruptedException {
    String target = Layout.toldToFlink(cluster.layout().savepoints());
    String jobPath = "/jobs/" + job;
    JsonNode asked =
        stop
            ? cluster
                .rest()
                .post(jobPath + "/stop", Map.of("targetDirectory", target, "drain", false))
            : cluster
                .rest()
                .post(
                    jobPath + "/savepoints",
                    Map.of("target-directory", target, "cancel-job", false));
    return new Saving(
            cluster.rest(),
            jobPath + "/savepoints/" + asked.path("request-id").asText(),
            cluster.layout().savepoints(),
            stop,
            SAVED,
            UNKNOWN)
        .await();
  }
}
