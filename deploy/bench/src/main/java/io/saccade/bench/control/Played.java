package io.saccade.bench.control;

import io.saccade.simulate.load.Frame;
import io.saccade.simulate.measure.RunLog;
import java.util.List;

/**
 * A run that is over.
 *
 * @param log of the frames that are judged
 * @param frames that are judged, with the capture times they really had
 * @param beside what the log has no place for
 */
record Played(RunLog log, List<Frame> frames, Beside beside) {}
