package io.saccade.cli.doctor;

import java.util.List;

/** Looks at one side of the machine. What is wrong is a finding, never an exception. */
@FunctionalInterface
public interface Check {
  List<Finding> look() throws InterruptedException;
}
