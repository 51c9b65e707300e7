package io.saccade.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a cluster is to be.
 *
 * @param folder for everything it writes
 * @param taskManagers that are to do the work
 * @param spare TaskManagers beside them, whose slots wait for one that is lost
 * @param slots of each TaskManager; a slot is one classifying thread
 * @param restPort of Flink's REST interface and web page on loopback; 0 for a free one
 * @param jobManagerHeapMegabytes Java heap of the JobManager
 * @param taskManagerHeapMegabytes Java heap for the tasks of each TaskManager
 */
public record ClusterOptions(
    Path folder,
    int taskManagers,
    int spare,
    int slots,
    int restPort,
    int jobManagerHeapMegabytes,
    int taskManagerHeapMegabytes) {

  /** Where Flink's web page is usually looked for. */
  public static final int REST_PORT = 8081;

  public static final int JOB_MANAGER_HEAP_MEGABYTES = 256;
  public static final int TASK_MANAGER_HEAP_MEGABYTES = 192;

  public ClusterOptions {
    folder = folder.toAbsolutePath().normalize();
    List<String> wrong = new ArrayList<>();
    within(wrong, "TaskManagers", 1, 64, taskManagers);
    within(wrong, "spare TaskManagers", 0, 64, spare);
    within(wrong, "slots", 1, 64, slots);
    within(wrong, "port", 0, 65_535, restPort);
    within(wrong, "heap of the JobManager in MB", 128, 65_536, jobManagerHeapMegabytes);
    within(wrong, "heap of a TaskManager in MB", 64, 65_536, taskManagerHeapMegabytes);
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrong));
    }
  }

  private static void within(List<String> wrong, String what, int least, int most, int found) {
    if (found < least || found > most) {
      wrong.add("%s must be within [%d, %d], but was %d".formatted(what, least, most, found));
    }
  }

  /** The usual one: two TaskManagers and a spare one, a slot each. */
  public static ClusterOptions in(Path folder) {
    return new ClusterOptions(
        folder, 2, 1, 1, 0, JOB_MANAGER_HEAP_MEGABYTES, TASK_MANAGER_HEAP_MEGABYTES);
  }

  /** TaskManagers at work and spare. */
  int allTaskManagers() {
    return taskManagers + spare;
  }
}
