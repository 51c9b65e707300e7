/** Table, JSON and charts. */
@NullMarked
package io.saccade.simulate.report;

import org.jspecify.annotations.NullMarked;
