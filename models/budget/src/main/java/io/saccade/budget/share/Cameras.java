package io.saccade.budget.share;

import io.saccade.budget.OperatingPoint;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fairness among the cameras of one subtask: who is looked at, how closely, and who has had enough.
 *
 * <p>At each tick the operator tells the decision ({@link #tick}). For each frame that is young
 * enough it asks {@link #admits}; a frame that is not admitted is not looked at, and one refused
 * for its camera ({@link Admission#CAMERA_CAP}) is no arrival to the law either: it is no demand to
 * be met. It looks with the thresholds at {@link #position}, asks {@link #allowsFocus} before each
 * focus look, tells each with {@link #focused}, and at the end what the frame took ({@link
 * #spent}). Weights and caps may change at any time ({@link #terms}).
 *
 * <p>Not safe to share between threads. {@link #state} of each camera belongs in a checkpoint.
 */
public final class Cameras {

  /** A camera silent for so long is forgotten. */
  private static final double FORGOTTEN_SECONDS = 600;

  /** A camera silent for so long does not count among those that share. */
  private static final double SENDING_SECONDS = 10;

  /** Bounds memory, state and the time of a tick, whatever names come. */
  static final int MOST = 10_000;

  private final LookScale scale;
  private final double mostFocuses;
  private final int most;

  /** The longest silent first. */
  private final Map<String, CameraAccount> accounts = new LinkedHashMap<>(64, 0.75f, true);

  /** By name, so that sums do not depend on who came first. */
  private final TreeMap<String, CameraAccount> sorted = new TreeMap<>();

  private final Newcomers newcomers = new Newcomers();
  private Map<String, CameraTerms> terms = Map.of();
  private OperatingPoint point;
  private boolean spare = true;

  /** What becomes of a frame. */
  public enum Admission {
    LOOKED_AT,
    /** Left out with others, evenly, because even glances are too many. */
    THINNED,
    /** Left out because its camera has had its share. */
    CAMERA_CAP
  }

  /**
   * What a tick decides for all cameras.
   *
   * @param point the law's decision
   * @param share of the budget this subtask has, in the unit of the demand, at least 0
   * @param demand of this subtask, as it would publish it
   * @param jobBudget of the whole job, to which caps refer, in CPU seconds per second or another
   *     unit of {@link #spent}, above 0
   * @param seconds since the last tick, above 0
   */
  public record Tick(
      OperatingPoint point, double share, Demand demand, double jobBudget, double seconds) {
    public Tick {
      if (!(share >= 0 && jobBudget > 0 && seconds > 0)) {
        throw new IllegalArgumentException(
            "share must be at least 0, job budget and seconds above 0, but were %s, %s, %s"
                .formatted(share, jobBudget, seconds));
      }
    }

    /**
     * Focus looks per frame that the share affords when every frame is glanced at; beyond T - 1
     * when there is some to spare, 0 when there is none for looks.
     */
    double affordable(double mostFocuses) {
      double room = demand.fullCores() - demand.glanceCores();
      double most = Math.min(share, demand.mostCores()) - demand.glanceCores();
      return room > 0
          ? Math.max(0, Math.min(LookCap.DEPTH, most / room * mostFocuses))
          : LookCap.DEPTH;
    }

    /** What a glance and all around it costs, in focus looks. */
    double glance(double mostFocuses) {
      double room = demand.fullCores() - demand.glanceCores();
      return room > 0 ? demand.glanceCores() / room * mostFocuses : 0;
    }
  }

  /**
   * Starts without cameras.
   *
   * @param reach for each frontier point, the share of frames that take look 1, 2, .. T
   * @param point the first decision
   */
  public Cameras(double[][] reach, OperatingPoint point) {
    this(reach, point, MOST);
  }

  Cameras(double[][] reach, OperatingPoint point, int most) {
    this.most = most;
    scale = LookScale.of(reach);
    mostFocuses = reach[0].length - 1;
    this.point = point;
  }

  /** Weights and caps from now on; cameras that are not named have weight 1 and no cap. */
  public void terms(Map<String, CameraTerms> terms) {
    this.terms = Map.copyOf(terms);
    accounts.forEach((camera, account) -> account.terms = termsOf(camera));
  }

  /**
   * Goes on with a camera's state from a checkpoint, or anew when it is of another layout. It
   * counts among those that share from its first frame: after a rescale it may be another
   * subtask's.
   */
  public void restore(String camera, double[] state) {
    CameraAccount account = CameraAccount.restore(state);
    account.silentSeconds = SENDING_SECONDS;
    // Until the first tick nothing is known of the others, and depth must not jump.
    account.alone = true;
    begin(camera, account);
    accounts.put(camera, account);
    sorted.put(camera, account);
    forgetOldest();
  }

  /** A camera's state, for the checkpoint; that of a new one when it is not known. */
  public double[] state(String camera) {
    return account(camera).state();
  }

  /** The cameras known, in the order of their names. */
  public Iterable<String> known() {
    return List.copyOf(sorted.keySet());
  }

  /** Mean weight of the cameras, by frames: for the {@link Demand} of the subtask. */
  public double weight() {
    double frames = 0;
    double sum = 0;
    for (CameraAccount account : sorted.values()) {
      if (!sends(account)) {
        continue;
      }
      frames += account.guard.recent();
      sum += account.guard.recent() * account.terms.weight();
    }
    return frames > 0 && sum > 0 ? sum / frames : 1;
  }

  /** Shares out anew. */
  public void tick(Tick tick) {
    point = tick.point();
    double affords = tick.affordable(mostFocuses);
    spare = affords >= mostFocuses;
    accounts.values().removeIf(Cameras::isForgotten);
    sorted.values().removeIf(Cameras::isForgotten);
    CameraAccount[] all = sorted.values().toArray(new CameraAccount[0]);
    for (CameraAccount camera : all) {
      camera.silentSeconds += tick.seconds();
      camera.guard.counts(tick.seconds());
    }
    Crowd crowd = new Crowd();
    Arrays.stream(all).filter(Cameras::sends).forEach(crowd::add);
    newcomers.earns(crowd.grown, crowd.grownUp, tick.seconds());
    double[] frames =
        Arrays.stream(all).mapToDouble(it -> sends(it) ? it.guard.letIn() : 0).toArray();
    double[] weights = Arrays.stream(all).mapToDouble(it -> it.terms.weight()).toArray();
    double focuses = scale.looks(point.position());
    double[] looks =
        Apportionment.perFrame(Math.min(mostFocuses, focuses), mostFocuses, frames, weights);
    double[] keep = Apportionment.perFrame(point.keep(), 1, frames, weights);
    double[] affordable = Apportionment.perFrame(affords, LookCap.DEPTH, frames, weights);
    for (int at = 0; at < all.length; at++) {
      CameraAccount camera = all[at];
      earn(camera, crowd, tick);
      camera.share = crowd.letIn > 0 ? Math.max(1e-6, Math.min(1, frames[at] / crowd.letIn)) : 1;
      camera.position = looks[at] == focuses ? point.position() : scale.position(looks[at]);
      camera.keep = Math.max(1e-3, keep[at]);
      camera.affordable = affordable[at];
      camera.owed = camera.guard.owed(tick.glance(mostFocuses), affordable[at]);
    }
  }

  private static void earn(CameraAccount camera, Crowd crowd, Tick tick) {
    RateGuard guard = camera.guard;
    boolean sends = sends(camera);
    double weight = camera.terms.weight();
    guard.earns(
        sends ? crowd.offered - guard.offered() : crowd.offered,
        sends ? crowd.usual - guard.usual() : crowd.usual,
        crowd.letIn * weight / (sends ? crowd.weight : crowd.weight + weight),
        tick.seconds());
    camera.alone = crowd.sending == (sends ? 1 : 0);
    camera.cost.passes(camera.terms.cap() * tick.jobBudget(), tick.seconds());
  }

  /** Sums over the cameras that send now; frames per second. */
  private static final class Crowd {
    private int sending;
    private double letIn;
    private double usual;
    private double offered;
    private double weight;
    private int grownUp;
    private double grown;

    private void add(CameraAccount camera) {
      sending++;
      double frames = camera.guard.letIn();
      letIn += frames;
      usual += camera.guard.usual();
      offered += camera.guard.offered();
      weight += camera.terms.weight();
      if (!camera.guard.isNew()) {
        grownUp++;
        grown += frames;
      }
    }
  }

  /** What becomes of the next frame of a camera, one that is young enough. */
  public Admission admits(String camera) {
    CameraAccount account = begun(camera);
    account.silentSeconds = 0;
    boolean free = spare || account.alone || (account.guard.isNew() && newcomers.admits());
    boolean pays = account.terms.cap() == 1 || account.cost.allowsGlance();
    if (!account.guard.admits(free) || !pays) {
      return Admission.CAMERA_CAP;
    }
    if (!account.thinning.keeps(account.keep)) {
      return Admission.THINNED;
    }
    account.looks.earns(account.affordable, account.share, account.owed);
    return Admission.LOOKED_AT;
  }

  /** Where on the frontier a camera is looked at. */
  public double position(String camera) {
    CameraAccount account = account(camera);
    double ease = spare || account.alone ? 1 : account.looks.ease();
    return ease == 1 ? account.position : scale.position(ease * scale.looks(account.position));
  }

  /** Whether there is another focus look for the frame in hand; otherwise its camera is capped. */
  public boolean allowsFocus(String camera) {
    CameraAccount account = account(camera);
    return (account.alone || account.looks.allows()) && allowsAudit(camera);
  }

  /**
   * Whether a frame may be looked at to the end whatever it shows: its camera's explicit cap holds
   * for audits too, the bucket of looks does not.
   */
  public boolean allowsAudit(String camera) {
    CameraAccount account = account(camera);
    return account.terms.cap() == 1 || account.cost.allowsFocus();
  }

  /** A focus look was taken. */
  public void focused(String camera) {
    account(camera).looks.takes();
  }

  /** What looking at a frame took, in CPU seconds, or the unit of the job's budget. */
  public void spent(String camera, double cost) {
    account(camera).cost.spends(cost);
  }

  /** The account of a camera; one that does not count when it is not known. */
  private CameraAccount account(String camera) {
    CameraAccount account = accounts.get(camera);
    return account == null ? begin(camera, new CameraAccount()) : account;
  }

  private CameraAccount begun(String camera) {
    CameraAccount account = accounts.get(camera);
    if (account == null) {
      account = begin(camera, new CameraAccount());
      accounts.put(camera, account);
      sorted.put(camera, account);
      forgetOldest();
    }
    return account;
  }

  private CameraAccount begin(String camera, CameraAccount account) {
    account.terms = termsOf(camera);
    account.position = point.position();
    account.keep = point.keep();
    return account;
  }

  private void forgetOldest() {
    Iterator<String> oldest = accounts.keySet().iterator();
    while (accounts.size() > most) {
      sorted.remove(oldest.next());
      oldest.remove();
    }
  }

  private static boolean sends(CameraAccount camera) {
    return camera.silentSeconds < SENDING_SECONDS;
  }

  private static boolean isForgotten(CameraAccount camera) {
    return camera.silentSeconds > FORGOTTEN_SECONDS;
  }

  private CameraTerms termsOf(String camera) {
    return terms.getOrDefault(camera, CameraTerms.USUAL);
  }
}
