package io.gleaner.render.act;

/** An action could not be done; the message is one clause that says why. */
final class ActionFailed extends Exception {

    private static final long serialVersionUID = 1;

    ActionFailed(String why) {
        super(why);
    }
}
