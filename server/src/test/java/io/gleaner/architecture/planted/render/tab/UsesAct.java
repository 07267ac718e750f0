package io.gleaner.architecture.planted.render.tab;

import io.gleaner.architecture.planted.render.act.UsesTab;

/** Planted: one half of a cycle inside rendering. */
public final class UsesAct {
    public UsesTab other() {
        return new UsesTab();
    }
}
