package io.saccade.console.web;

import static io.saccade.console.web.Messages.rounded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.saccade.console.access.Person;
import io.saccade.console.control.JobName;
import io.saccade.console.scene.Bundle;
import io.saccade.console.scene.Chronicle;
import io.saccade.console.scene.Frontier;
import io.saccade.console.scene.Outlook;
import io.saccade.console.scene.Trust;
import io.saccade.wire.Control;
import io.saccade.wire.Status;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a page is told of the budget: the settings, what they buy, and what others would. */
final class BudgetView {
  private static final Logger LOG = LoggerFactory.getLogger(BudgetView.class);

  private final Chronicle chronicle;
  private final Optional<Bundle> bundle;
  private final Set<String> warnedOf = ConcurrentHashMap.newKeySet();

  /**
   * Tells from now on.
   *
   * @param bundle the model that the jobs are thought to run; empty when nobody knows
   */
  BudgetView(Chronicle chronicle, Optional<Bundle> bundle) {
    this.chronicle = chronicle;
    this.bundle = bundle;
  }

  void tell(ObjectNode budget, Person person) {
    List<Status> decisions = chronicle.decisions();
    List<JobName> jobs = chronicle.jobs();
    if (jobs.size() > 1) {
      ArrayNode names = budget.putArray("jobs");
      jobs.forEach(it -> names.add(it.among(jobs.size())));
    }
    budget.put("running", !decisions.isEmpty());
    budget.put("parallelism", decisions.isEmpty() ? 0 : decisions.get(0).parallelism());
    budget.put("epoch", decisions.stream().mapToLong(Status::epoch).max().orElse(0));
    ObjectNode terms = budget.putObject("terms");
    chronicle.control().ifPresent(it -> written(budget, terms, it, person));
    decisions.stream()
        .map(Status::settings)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(
            settings ->
                budget
                    .put("targetAgeMillis", settings.targetAgeNanos() / 1_000_000)
                    .put("maxAgeMillis", settings.maxAgeNanos() / 1_000_000));
    load(budget, decisions);
    bundle.ifPresent(it -> worth(budget, decisions, it));
  }

  /** What is offered, granted and wanted, which takes no knowledge of the model. */
  private void load(ObjectNode budget, List<Status> decisions) {
    double offered = 0;
    double cores = 0;
    boolean told = false;
    for (Status it : decisions) {
      Status.Decided decided = it.decided();
      Status.Settings settings = it.settings();
      if (decided != null && settings != null) {
        offered += decided.offeredPerSecond();
        cores += settings.budgetCores();
        told = true;
      }
    }
    if (told) {
      budget.put("offered", rounded(offered)).put("cores", rounded(cores));
    }
    double wanted = fullCores();
    if (wanted > 0) {
      budget.put("wanted", rounded(wanted));
    }
  }

  /** What looks are worth by the model's calibration, unless the jobs run another one. */
  private void worth(ObjectNode budget, List<Status> decisions, Bundle model) {
    Optional<String> other = chronicle.modelOtherThan(model);
    if (other.isPresent()) {
      budget.put("otherModel", other.get()).put("model", model.id());
      warnOnce(other.get(), model);
      return;
    }
    Frontier frontier = model.frontier();
    ArrayNode points = budget.putArray("frontier");
    frontier
        .points()
        .forEach(point -> points.addArray().add(point.meanLooks()).add(point.accuracy()));
    Outlook.of(decisions, frontier).ifPresent(it -> outlook(budget, it, frontier));
  }

  private void warnOnce(String other, Bundle model) {
    if (warnedOf.add(other)) {
      LOG.warn(
          "The job runs {}, and this console knows {}: start it with --bundle to see accuracy",
          other,
          model.id());
    }
  }

  private static void written(ObjectNode budget, ObjectNode terms, Control control, Person person) {
    budget.put("issuedBy", control.issuedBy());
    control
        .cameras()
        .forEach(
            (camera, those) -> {
              if (person.sees(camera)) {
                terms.putObject(camera).put("weight", those.weight()).put("cap", those.cap());
              }
            });
  }

  private void outlook(ObjectNode budget, Outlook outlook, Frontier on) {
    if (!budget.has("wanted")) {
      // By what looks cost now, until the subtasks tell, who measure it.
      budget.put("wanted", rounded(outlook.wantedCores(on)));
    }
    Optional<Chronicle.Lately> lately = chronicle.lately(on.mostLooks());
    lately.ifPresent(it -> budget.put("deficit", rounded(it.qualityDeficit())));
    Frontier.Point now = on.at(outlook.position());
    Trust trust = Trust.of(chronicle.news(), on, outlook.position());
    double kept = lately.map(Chronicle.Lately::kept).orElse(1.0);
    expectation(budget.putObject("here"), kept, now, trust.accuracy());
    for (double times : new double[] {2, 0.5}) {
      Outlook.Expectation there = outlook.with(times * outlook.budgetCores(), on);
      Frontier.Point point = on.at(there.position());
      expectation(
          budget.putObject(times > 1 ? "doubled" : "halved"),
          there.keep(),
          point,
          trust.at(point, now));
    }
    rests(budget.putObject("rests"), trust, on);
  }

  /** What every look would take, as the subtasks measure it; 0 until they tell. */
  private double fullCores() {
    double full = 0;
    for (Status it : chronicle.news()) {
      Status.Demand demand = it.demand();
      full += demand == null ? 0 : demand.fullCores();
    }
    return full;
  }

  /** Where the point stands is by the calibration; how right it is, with what is known now. */
  private static void expectation(
      ObjectNode into, double keep, Frontier.Point point, Trust.Share accuracy) {
    into.put("keep", rounded(keep))
        .put("meanLooks", rounded(point.meanLooks()))
        .put("calibrated", rounded(point.accuracy()));
    share(into, "accuracy", accuracy);
  }

  private static void rests(ObjectNode rests, Trust trust, Frontier on) {
    rests.put("clips", on.clips()).put("frames", on.frames());
    trust
        .answers()
        .ifPresent(
            it -> {
              rests.put("audits", Math.round(it.audits()));
              share(rests, "agreement", it.agreement());
            });
  }

  private static void share(ObjectNode into, String name, Trust.Share share) {
    into.put(name, rounded(share.share()))
        .put(name + "Low", rounded(share.low()))
        .put(name + "High", rounded(share.high()));
  }
}
