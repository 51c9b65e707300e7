package io.saccade.console.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.saccade.console.access.Person;
import io.saccade.console.control.Answer;
import io.saccade.console.control.Answers;
import io.saccade.console.control.ControlDesk;
import io.saccade.console.control.Limits;
import io.saccade.console.control.Running;
import io.saccade.console.control.SettingsChange;
import io.saccade.wire.Control;
import io.saccade.wire.Topics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes settings when a page asks, one after the other, and tells what the jobs made of it. */
final class BudgetDesk {
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final Map<String, ?> properties;
  private final Topics topics;
  private final Limits limits;

  BudgetDesk(Map<String, ?> properties, Topics topics, Limits limits) {
    this.properties = Map.copyOf(properties);
    this.topics = topics;
    this.limits = limits;
  }

  Map<String, Object> change(JsonNode asked, Person operator) throws Refusal, InterruptedException {
    try {
      SettingsChange change = change(asked);
      for (String camera : change.cameras().keySet()) {
        if (!operator.sees(camera)) {
          throw new Refusal(403, operator.name() + " may not set the terms of " + camera);
        }
      }
      return write(change, operator);
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, String.valueOf(e.getMessage()));
    } catch (IllegalStateException e) {
      throw new Refusal(503, String.valueOf(e.getMessage()));
    }
  }

  private synchronized Map<String, Object> write(SettingsChange change, Person operator)
      throws Refusal, InterruptedException {
    try (ControlDesk desk = new ControlDesk(properties, topics)) {
      Running running = desk.running(System.currentTimeMillis());
      Control control = change.on(desk.newest(), running, operator.name());
      Double cores = control.budgetCores();
      if (cores != null && !running.none()) {
        Optional<String> objection = limits.objection(cores, running.mostParallelism());
        if (objection.isPresent()) {
          throw new Refusal(400, objection.get());
        }
      }
      desk.write(control);
      Answers answers =
          desk.answer(control, running, running.none() ? Duration.ofSeconds(1) : PATIENCE);
      return told(control, answers.jobs());
    }
  }

  /** Of all jobs together. */
  private static Map<String, Object> told(Control control, List<Answer> jobs) throws Refusal {
    for (Answer job : jobs) {
      if (job.refusal().isPresent()) {
        throw new Refusal(
            409, "%s refused: %s".formatted(job.job().among(jobs.size()), job.refusal().get()));
      }
    }
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("epoch", control.epoch());
    told.put("issuedBy", control.issuedBy());
    told.put("cores", control.budgetCores());
    told.put("accepted", jobs.stream().mapToInt(Answer::taken).sum());
    told.put("parallelism", jobs.stream().mapToInt(Answer::parallelism).sum());
    return told;
  }

  private static SettingsChange change(JsonNode asked) {
    JsonNode cores = asked.path("cores");
    if (!cores.isMissingNode() && !cores.isNumber()) {
      throw new IllegalArgumentException("cores must be a number, but was " + cores);
    }
    return new SettingsChange(
        cores.isNumber() ? cores.asDouble() : null,
        millis(asked, "targetAgeMillis"),
        millis(asked, "maxAgeMillis"),
        cameras(asked.path("cameras")));
  }

  private static Map<String, Control.Camera> cameras(JsonNode asked) {
    Map<String, Control.Camera> cameras = new LinkedHashMap<>();
    asked
        .properties()
        .forEach(
            it ->
                cameras.put(
                    it.getKey(),
                    new Control.Camera(
                        it.getValue().path("weight").asDouble(1),
                        it.getValue().path("cap").asDouble(1))));
    return cameras;
  }

  private static @Nullable Long millis(JsonNode asked, String name) {
    JsonNode millis = asked.path(name);
    if (millis.isMissingNode()) {
      return null;
    }
    if (!millis.canConvertToLong() || !millis.isIntegralNumber()) {
      throw new IllegalArgumentException(name + " must be an integer, but was " + millis);
    }
    return millis.asLong();
  }
}
