@NullMarked
package io.saccade.checks.kubernetes;

import org.jspecify.annotations.NullMarked;
