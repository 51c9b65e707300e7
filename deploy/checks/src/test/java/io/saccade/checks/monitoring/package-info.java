@NullMarked
package io.saccade.checks.monitoring;

import org.jspecify.annotations.NullMarked;
