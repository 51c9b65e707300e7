package io.saccade.wire;

import java.util.regex.Pattern;

/**
 * Asks a running job for another model, by a record on the control topic beside the settings: the
 * job loads it beside the one in force, checks it, and takes it or refuses it with a reason.
 *
 * @param schema version of this record's layout, {@link #SCHEMA}
 * @param kind {@link #KIND}, which tells it from settings on the same topic
 * @param epoch grows with every order, apart from the epochs of settings; an epoch not above the
 *     newest one is refused
 * @param issuedBy who asked for the change, in at most 256 characters that print
 * @param location folder or zip of the bundle as the TaskManagers see it, an absolute path of at
 *     most 1,024 characters that print: it is echoed where an order is refused
 * @param sha256 of the bundle's manifest, which holds the hashes of all its files: 64 lower-case
 *     hex digits
 */
public record ModelOrder(
    int schema, String kind, long epoch, String issuedBy, String location, String sha256) {

  public static final int SCHEMA = 1;

  /** Says that a control record is such an order; settings have no kind. */
  public static final String KIND = "model";

  /** Key of the record in the compacted topic. */
  public static final String KEY = "model";

  private static final int LONGEST_ISSUER = 256;
  private static final int LONGEST_LOCATION = 1024;
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  public ModelOrder {
    Require.schema(SCHEMA, schema);
    Require.that(KIND.equals(kind), "kind", KIND, Excerpt.of(kind));
    Require.atLeast("epoch", 1, epoch);
    Require.line("issuedBy", LONGEST_ISSUER, issuedBy);
    Require.line("location", LONGEST_LOCATION, location);
    Require.text("sha256", sha256);
    Require.that(
        SHA_256.matcher(sha256).matches(),
        "sha256",
        "64 lower-case hex digits",
        Excerpt.of(sha256));
  }

  /** An order of today's layout. */
  public ModelOrder(long epoch, String issuedBy, String location, String sha256) {
    this(SCHEMA, KIND, epoch, issuedBy, location, sha256);
  }

  /** Whether a control record's value is an order, right or wrong, and no settings. */
  public static boolean isOne(byte[] control) {
    return JsonCodec.kind(control).filter(KIND::equals).isPresent();
  }
}
