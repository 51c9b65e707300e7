package io.saccade.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, asked over HTTP. */
class GuardTest {
  @TempDir Path folder;

  private static String token(String token) {
    return "{\"token\": \"" + token + "\"}";
  }

  /** The cookie of somebody who has shown a token, as a browser sends it back. */
  private static String cookie(Served served, String token) throws IOException {
    Asking.Answer answer = served.ask().fromThePage().post("/api/session", token(token));
    assertThat(answer.status()).isEqualTo(200);
    return answer.header("set-cookie").split(";", -1)[0];
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/main.js", "/api/me", "/api/stream", "/api/series.csv"})
  void answersToNoNameThatAForeignPageCouldBend(String path) throws Exception {
    try (Served served = Served.open()) {
      Asking.Answer answer = served.ask().with("Host", "evil.example:" + served.port()).get(path);

      assertThat(answer.status()).isEqualTo(421);
      assertThat(answer.body()).contains("not to be had under the name evil.example");
    }
  }

  @Test
  void changesNothingForAnotherPage() throws Exception {
    try (Served served = Served.open()) {
      Asking.Answer other =
          served
              .ask()
              .fromThePage()
              .with("Origin", "http://evil.example")
              .post("/api/budget", "{}");
      assertThat(other.status()).isEqualTo(403);
      assertThat(other.body()).contains("requests of another page (http://evil.example)");

      // What a form of another page can send without asking first.
      Asking.Answer form =
          served.ask().with("Content-Type", "text/plain").post("/api/budget", "{\"cores\": 1}");
      assertThat(form.status()).isEqualTo(415);
    }
  }

  @Test
  void aCookieWithoutAnOriginIsNotEnough() throws Exception {
    try (Served served = Served.withTokens(folder)) {
      String cookie = cookie(served, Served.ADA);

      Asking.Answer answer =
          served
              .ask()
              .with("Cookie", cookie)
              .with("Content-Type", "application/json")
              .post("/api/budget", "{\"cores\": 1}");

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.body()).contains("must say its origin");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/me", "/api/stream", "/api/series.csv"})
  void tellsNothingWithoutAToken(String path) throws Exception {
    try (Served served = Served.withTokens(folder)) {
      assertThat(served.ask().get(path).status()).isEqualTo(401);
      assertThat(served.ask("wrong-but-long-enough-to-be").get(path).status()).isEqualTo(401);
      assertThat(served.ask().with("Cookie", "saccade-session=made-up").get(path).status())
          .isEqualTo(401);
    }
  }

  @Test
  void aWrongTokenIsToldSoAndTheRightOneLetsIn() throws Exception {
    try (Served served = Served.withTokens(folder)) {
      Asking.Answer wrong = served.ask().fromThePage().post("/api/session", token("no-such-token"));
      assertThat(wrong.status()).isEqualTo(401);
      assertThat(wrong.body()).isEqualTo("{\"error\":\"this token is not known\"}");
      assertThat(wrong.headers()).doesNotContainKey("set-cookie");

      Asking.Answer me = served.ask().with("Cookie", cookie(served, Served.BOB)).get("/api/me");

      assertThat(me.status()).isEqualTo(200);
      assertThat(me.body()).contains("\"name\":\"bob\"").contains("\"operator\":false");
    }
  }

  @Test
  void guessingEndsAfterTenWrongTokensEvenWithTheRightOne() throws Exception {
    try (Served served = Served.withTokens(folder)) {
      String before = cookie(served, Served.ADA);
      for (int i = 0; i < 10; i++) {
        assertThat(served.ask("guess-number-" + i).get("/api/me").status()).isEqualTo(401);
      }

      assertThat(served.ask(Served.ADA).get("/api/me").status()).isEqualTo(429);
      assertThat(served.ask().fromThePage().post("/api/session", token(Served.ADA)).status())
          .isEqualTo(429);
      // Who is in stays in.
      assertThat(served.ask().with("Cookie", before).get("/api/me").status()).isEqualTo(200);
    }
  }

  @Test
  void theCookieIsForThisPageAlone() throws Exception {
    try (Served served = Served.withTokens(folder)) {
      String cookie =
          served.ask().fromThePage().post("/api/session", token(Served.ADA)).header("set-cookie");

      assertThat(cookie)
          .matches("saccade-session=[A-Za-z0-9_-]{43}; .*")
          .contains("; HttpOnly")
          .contains("; SameSite=Strict")
          .contains("; Path=/")
          .contains("; Max-Age=43200")
          .doesNotContain("Secure");
    }
  }

  @Test
  void behindAProxyWithTlsTheCookieTravelsOverTlsAlone() throws Exception {
    URI proxy = URI.create("https://see.example.com");
    try (Served served = Served.withTokens(folder, Optional.of(proxy))) {
      Asking.Answer answer =
          served
              .ask()
              .with("Host", "see.example.com")
              .with("Origin", proxy.toString())
              .with("Content-Type", "application/json")
              .post("/api/session", token(Served.ADA));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("set-cookie")).endsWith("; Secure");
    }
  }

  @Test
  void signingOutEndsTheSessionAtTheServerToo() throws Exception {
    try (Served served = Served.withTokens(folder)) {
      String cookie = cookie(served, Served.ADA);
      Asking.Answer ended =
          served.ask().fromThePage().with("Cookie", cookie).post("/api/session/end", "{}");

      assertThat(ended.header("set-cookie")).contains("Max-Age=0");
      assertThat(served.ask().with("Cookie", cookie).get("/api/me").status()).isEqualTo(401);
    }
  }

  @Test
  void aViewerMayLookButNotTurnTheBudget() throws Exception {
    try (Served served = Served.withTokens(folder)) {
      Asking.Answer answer = served.ask(Served.BOB).post("/api/budget", "{\"cores\": 1}");

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.body()).contains("bob may look, but not change settings");
    }
  }

  @Test
  void servesSoManyDeedsAMinute() throws Exception {
    try (Served served = Served.open()) {
      Asking.Answer answer = served.ask().fromThePage().post("/api/view", "{}");
      int asked = 1;
      while (answer.status() == 404 && asked < 400) {
        answer = served.ask().fromThePage().post("/api/view", "{}");
        asked++;
      }

      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.body()).contains("at most 240 requests a minute");
      assertThat(asked).isBetween(241, 300); // Some are given back while the test asks.
      // To look is no deed.
      assertThat(served.ask().get("/api/me").status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/main.js", "/api/me", "/no-such-file", "/api/budget"})
  void keepsTheBrowserStrictWhateverItAnswers(String path) throws Exception {
    try (Served served = Served.open()) {
      Asking.Answer answer = served.ask().get(path);

      assertThat(answer.header("content-security-policy"))
          .contains("default-src 'none'")
          .contains("script-src 'self'")
          .contains("frame-ancestors 'none'")
          .doesNotContain("unsafe")
          .doesNotContain("http");
      assertThat(answer.headers()).containsEntry("x-content-type-options", "nosniff");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/index.html",
        "/../pom.xml",
        "/%2e%2e/secret",
        "/api/me/more",
        "/io/saccade/console/web/main.js"
      })
  void hasNothingButItsFewFiles(String path) throws Exception {
    try (Served served = Served.open()) {
      assertThat(served.ask().get(path).status()).isEqualTo(404);
    }
  }

  @Test
  void refusesOtherMethodsAndBodiesThatAreTooLongOrNoObjects() throws Exception {
    try (Served served = Served.open()) {
      assertThat(served.ask().fromThePage().ask("DELETE", "/api/me", "").status()).isEqualTo(405);
      assertThat(served.ask().get("/api/budget").headers()).containsEntry("allow", "POST");
      assertThat(served.ask().fromThePage().post("/api/budget", "[1]").status()).isEqualTo(400);
      assertThat(served.ask().fromThePage().post("/api/budget", "{").status()).isEqualTo(400);
      assertThat(served.ask().fromThePage().post("/api/view", " ".repeat(300_000)).status())
          .isEqualTo(413);
    }
  }
}
