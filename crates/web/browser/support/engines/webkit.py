#!/usr/bin/python3
"""WebKitGTK, driven by a test, with a profile that outlives it.

The MiniBrowser of WebKitGTK keeps nothing over its end while it is driven, and so
cannot show that a record is still there after a restart. SIGUSR1 is the hard reload,
for which WebDriver has no command.
"""

import os
import signal
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

profile = sys.argv[1]
kept = WebKit2.WebsiteDataManager(base_data_directory=profile, base_cache_directory=profile)
context = WebKit2.WebContext(website_data_manager=kept)
context.set_automation_allowed(True)
context.set_preferred_languages(["en-GB"])
views = []


def open_window(_session):
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
    window = Gtk.Window()
    window.set_default_size(390, 844)
    window.add(view)
    window.show_all()
    views.append(view)
    view.connect("close", close_window, window)
    return view


def close_window(view, window):
    views.remove(view)
    window.destroy()


def reload_past_everything():
    for view in views:
        view.reload_bypass_cache()
    return GLib.SOURCE_CONTINUE


def begin(_context, session):
    about = WebKit2.ApplicationInfo()
    about.set_name("webkit.py")
    session.set_application_info(about)
    session.connect("create-web-view", open_window)


context.connect("automation-started", begin)
GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, signal.SIGUSR1, reload_past_everything)
with open(os.path.join(profile, "pid"), "w", encoding="ascii") as file:
    file.write(str(os.getpid()))
Gtk.main()
