"""Updates: packages that staff bring, checked, installed by root, and taken back if they fail.

The modules here that root runs (`installer` and what it uses) need the standard library alone. The
package installs them a second time, apart from the virtual environments, for the system's Python:
what changes an environment must not run in one.
"""
