@echo off
rem The command line of the installed app, on the Node that comes with it.
"%~dp0..\node\node.exe" "%~dp0..\core\out\main\cli.js" %*
