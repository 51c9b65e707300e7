/** The sample configuration that the archive brings. */
@NullMarked
package io.saccade.checks.conf;

import org.jspecify.annotations.NullMarked;
