package io.saccade.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A bundle's card, with the tables of an evaluation in it that no hand has copied. The report lies
 * beside it in the bundle; the manifest knows the hashes of both.
 */
public final class ModelCard {
  static final String CARD = "MODEL_CARD.md";
  static final String REPORT = "evaluation.json";

  private static final String MANIFEST = "manifest.json";
  private static final String BEGIN = "<!-- evaluation -->\n";
  private static final String END = "<!-- /evaluation -->";
  private static final String HEADING = "## Evaluated as it runs\n\n";
  private static final String LIMITS = "## Limits";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelCard() {}

  /**
   * Puts a report and its tables into a bundle.
   *
   * @param bundle a folder; a {@code .zip} must be unpacked first
   * @throws IllegalArgumentException when the report is of another network or frontier
   */
  public static void write(Path bundle, Path reportFile) throws IOException {
    if (!Files.isRegularFile(bundle.resolve(MANIFEST))) {
      throw new IllegalArgumentException(
          "expected a bundle's folder with a manifest.json, but found none in " + bundle);
    }
    Report report = Report.read(reportFile);
    ObjectNode manifest = (ObjectNode) JSON.readTree(bundle.resolve(MANIFEST).toFile());
    checkIsOf(report, manifest);
    Path card = bundle.resolve(CARD);
    String text = Files.exists(card) ? Files.readString(card) : "# " + report.model().id() + "\n";
    byte[] written = with(text, report).getBytes(UTF_8);
    byte[] json = report.json();
    ObjectNode files = (ObjectNode) manifest.path("files");
    files.put(CARD, sha256(written)).put(REPORT, sha256(json));
    replace(bundle.resolve(REPORT), json);
    replace(card, written);
    // Last: if this is cut short, the hashes name what is broken.
    replace(bundle.resolve(MANIFEST), JSON.writer(asPythonWrites()).writeValueAsBytes(manifest));
  }

  /** The card with the report's tables in their place, or before its limits. */
  static String with(String card, Report report) {
    String block = BEGIN + "\n" + Tables.of(report) + "\n" + END;
    int begin = card.indexOf(BEGIN);
    int end = card.indexOf(END);
    if (begin >= 0 && end > begin) {
      return card.substring(0, begin) + block + card.substring(end + END.length());
    }
    int limits = card.indexOf(LIMITS);
    return limits < 0
        ? card + "\n" + HEADING + block + "\n"
        : card.substring(0, limits) + HEADING + block + "\n\n" + card.substring(limits);
  }

  private static void checkIsOf(Report report, ObjectNode manifest) {
    Map<String, String> found = new TreeMap<>();
    for (String role : report.model().hashes().keySet()) {
      String file =
          role.equals("frontier")
              ? manifest.path("frontier").asText()
              : manifest.at("/graphs/" + role).asText();
      found.put(role, manifest.path("files").path(file).asText());
    }
    if (!found.equals(report.model().hashes())) {
      throw new IllegalArgumentException(
          "expected a report of the graphs and frontier of this bundle, %s, but it is of %s %s, %s"
              .formatted(
                  found, report.model().id(), report.model().version(), report.model().hashes()));
    }
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.write(fresh, bytes);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** So that a manifest written by the training shows only what has changed. */
  private static DefaultPrettyPrinter asPythonWrites() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withRootSeparator("\n"));
    printer.indentArraysWith(indenter);
    printer.indentObjectsWith(indenter);
    return printer;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 must be there, but was not", e);
    }
  }
}
