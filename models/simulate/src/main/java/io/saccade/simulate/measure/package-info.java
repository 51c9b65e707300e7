/** What came of a run, and what could have come of it at best. */
@NullMarked
package io.saccade.simulate.measure;

import org.jspecify.annotations.NullMarked;
