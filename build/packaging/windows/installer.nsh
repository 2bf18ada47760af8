; "Open with Drydock" in the menu of a folder.
!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\Directory\shell\Drydock" "" "Open with ${PRODUCT_NAME}"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Directory\shell\Drydock" "Icon" "$appExe"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Directory\shell\Drydock\command" "" '"$appExe" "%V"'
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Directory\shell\Drydock"
!macroend
