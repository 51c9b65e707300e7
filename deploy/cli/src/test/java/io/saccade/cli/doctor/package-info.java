/** What saccade doctor looks at. */
@NullMarked
package io.saccade.cli.doctor;

import org.jspecify.annotations.NullMarked;
