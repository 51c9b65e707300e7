/** Who is at the dial: the law, and what it is measured against. */
@NullMarked
package io.saccade.simulate.contest;

import org.jspecify.annotations.NullMarked;
