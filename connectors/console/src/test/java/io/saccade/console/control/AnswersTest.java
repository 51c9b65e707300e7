package io.saccade.console.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.saccade.wire.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final Duration SOON = Duration.ofMillis(80);

  private static Status said(String job, int subtask, int parallelism) {
    return Status.answer(
        new Status.From(subtask, parallelism, 1_000, 7, job), Status.MODEL_REFUSED, "no disk");
  }

  private static Running running(String job, int parallelism) {
    return Running.of(
        List.of(
            Status.decision(
                new Status.From(0, parallelism, 1_000, 1, job),
                null,
                new Status.Settings(0.5, 200_000_000, 800_000_000, 1, 1),
                null,
                List.of(),
                null,
                null)));
  }

  @Test
  void waitsForAJobThatRunsAndHasNotAnswered() {
    Answers answers = new Answers(running("night", 2));
    answers.taken(said("day", 0, 1), SOON);
    assertThat(answers.all(Answer::complete)).isFalse();

    answers.taken(said("night", 0, 2), SOON);
    assertThat(answers.all(Answer::complete)).isFalse();

    answers.refused(said("night", 1, 2), SOON);
    assertThat(answers.all(Answer::complete)).isTrue();
    assertThat(answers.all(Answer::inForce)).isFalse();
  }

  @Test
  void keepsTheAnswersOfJobsApart() {
    Answers answers = new Answers(running("day", 1));
    answers.taken(said("day", 0, 1), SOON);
    answers.refused(said("night", 0, 1), SOON);

    assertThat(answers.jobs()).extracting(Answer::taken).containsExactly(1, 0);
    assertThat(answers.jobs()).extracting(Answer::inForce).containsExactly(true, false);
    assertThat(answers.jobs().get(1).refusal()).contains("no disk");
    assertThat(answers.jobs().get(1).refusals()).isEqualTo(Map.of(0, "no disk"));
  }

  @Test
  void aSubtaskThatAnswersTwiceCountsOnce() {
    Answers answers = new Answers(running("day", 2));
    answers.taken(said("day", 0, 2), SOON);
    answers.refused(said("day", 0, 2), SOON);

    assertThat(answers.all(Answer::complete)).isFalse();
    Answer answer = answers.jobs().get(0);
    assertThat(answer.taken()).isZero();
    assertThat(answer.refusals()).containsOnlyKeys(0);
  }

  @Test
  void nobodyHasAnsweredUntilASubtaskDoes() {
    assertThat(new Answers(new Running(List.of())).all(Answer::complete)).isFalse();
    Answers answers = new Answers(running("day", 1));
    assertThat(answers.none()).isTrue();

    answers.taken(said("day", 0, 1), SOON);

    assertThat(answers.none()).isFalse();
    assertThat(answers.after()).isEqualTo(SOON);
  }
}
