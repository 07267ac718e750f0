package io.gleaner.architecture.planted.common;

/** Planted: a package that nobody agreed on. */
public final class Anything {}
