package io.gleaner.architecture.planted.render.act;

import io.gleaner.architecture.planted.render.tab.UsesAct;

/** Planted: one half of a cycle inside rendering. */
public final class UsesTab {
    public UsesAct other() {
        return new UsesAct();
    }
}
