package io.saccade.cluster.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.saccade.cluster.Rest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The parts of a job that Flink lays out, and who runs them.
 *
 * @param all ids and names
 */
record Vertices(Rest rest, String job, List<Vertex> all) {
  /** One of them; its name is put together of those of the operators in it. */
  record Vertex(String id, String name) {}

  static Vertices of(Rest rest, String job) throws InterruptedException {
    List<Vertex> all = new ArrayList<>();
    rest.ask("/jobs/" + job)
        .ifPresent(
            told -> {
              for (JsonNode it : told.path("vertices")) {
                all.add(new Vertex(it.path("id").asText(), it.path("name").asText()));
              }
            });
    return new Vertices(rest, job, List.copyOf(all));
  }

  /** The id of the one with an operator of this name; empty when nobody told. */
  String named(String operator) {
    return all.stream()
        .filter(it -> it.name.contains(operator))
        .map(Vertex::id)
        .findFirst()
        .orElse("");
  }

  /** The TaskManagers that have any of its tasks, in order. */
  List<String> taskManagers() throws InterruptedException {
    TreeSet<String> busy = new TreeSet<>();
    for (Vertex vertex : all) {
      rest.ask("/jobs/%s/vertices/%s/taskmanagers".formatted(job, vertex.id))
          .ifPresent(
              told -> {
                for (JsonNode it : told.path("taskmanagers")) {
                  busy.add(it.path("taskmanager-id").asText());
                }
              });
    }
    return List.copyOf(busy);
  }
}
