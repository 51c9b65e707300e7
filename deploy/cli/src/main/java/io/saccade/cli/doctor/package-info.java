/** What a machine must have, looked at by {@code saccade doctor}: each check by trying it. */
@org.jspecify.annotations.NullMarked
package io.saccade.cli.doctor;
