/** Changing the settings in force, and hearing what the job makes of it. */
@NullMarked
package io.saccade.console.control;

import org.jspecify.annotations.NullMarked;
