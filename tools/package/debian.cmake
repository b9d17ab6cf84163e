# The target debian_packages, which makes two packages in the build's folder: `synod` (the program) and
# `synod-dev` (all that a guest is built with). What goes into them is said in install.cmake; here
# stands what Debian asks besides.

set(debian_build ${CMAKE_BINARY_DIR}/package/debian)

# ---- The licence and the changelog, in each package ------------------------------------------------

file(READ ${PROJECT_SOURCE_DIR}/LICENSE licence)
string(REGEX MATCH "Copyright [^\n]*" copyright "${licence}")
string(REGEX REPLACE "^.*\n(Permission is )" "\\1" licence "${licence}")
string(STRIP "${licence}" licence)
string(REPLACE "\n\n" "\n.\n" licence "${licence}")
string(REPLACE "\n" "\n " licence "${licence}")
file(CONFIGURE OUTPUT ${debian_build}/copyright @ONLY CONTENT
"Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: synod

Files: *
Copyright: ${copyright}
License: MIT
 ${licence}
")

# Its last line names who maintains the packages.
set(changelog ${CMAKE_CURRENT_LIST_DIR}/changelog)
file(STRINGS ${changelog} maintainer REGEX "^ -- ")
list(GET maintainer 0 maintainer)
string(REGEX REPLACE "^ -- (.*>).*$" "\\1" maintainer "${maintainer}")
add_custom_command(OUTPUT ${debian_build}/changelog.gz
  COMMAND gzip -9nc ${changelog} > ${debian_build}/changelog.gz
  DEPENDS ${changelog} VERBATIM)

foreach(package_and_component IN ITEMS "synod;program" "synod-dev;development")
  list(GET package_and_component 0 package)
  list(GET package_and_component 1 component)
  install(FILES ${debian_build}/copyright ${debian_build}/changelog.gz
    DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} COMPONENT ${component} OPTIONAL)
endforeach()

# ---- What the packages say of themselves -----------------------------------------------------------

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME synod)
set(CPACK_PACKAGE_VENDOR "The synod authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")  # each has its own
set(CPACK_PACKAGE_CONTACT "${maintainer}")
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
  GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)

set(processor "")
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
  set(processor "\nIt runs on any x86-64 since 2009 (x86-64-v2).")
endif()

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME synod)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS synod-dev)
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION
"finds out whether a consensus protocol is safe
Paxos, two-phase commit, three-phase commit and Paxos Commit run in a
simulated world, in which messages are lost, late and doubled, and nodes
crash between two disk writes. Every accident is drawn from one seed. What
breaks a property is shrunk, explained in plain English, and kept as a file
that anybody can replay.${processor}")

# A guest is linked with the very libraries that the testbed was compiled with.
set(development_needs "")
foreach(library IN LISTS guest_libraries)
  string(REPLACE " " ";" library "${library}")
  list(GET library 0 package)
  list(GET library 1 apt_package)
  list(APPEND development_needs ${apt_package})
  if(package STREQUAL "fmt" AND fmt_VERSION)
    # Each major version of this one has names of its own.
    string(REGEX MATCH "^[0-9]+" major ${fmt_VERSION})
    math(EXPR next_major "${major} + 1")
    list(POP_BACK development_needs)
    list(APPEND development_needs "${apt_package} (>= ${major})" "${apt_package} (<< ${next_major}~)")
  endif()
endforeach()
list(JOIN development_needs ", " development_needs)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME synod-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "${development_needs}")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_RECOMMENDS "cmake, g++ | clang, libgtest-dev")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SUGGESTS synod)
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION
"testbed for consensus protocols of your own
Headers and a static library in which a protocol in C++20, in a repository
of its own, gets every verb of synod: campaigns of simulated runs under
faults, exhaustive search, shrinking, and explanations. It comes with a
package for CMake, a project to begin with, and a guide.")

include(CPack)

# The target `package`, which that brings, would build every test first.
add_custom_target(debian_packages
  COMMAND ${CMAKE_CPACK_COMMAND} --config ${CMAKE_BINARY_DIR}/CPackConfig.cmake
  DEPENDS synod synod_testbed synod_main man_page ${debian_build}/changelog.gz
  WORKING_DIRECTORY ${CMAKE_BINARY_DIR} USES_TERMINAL VERBATIM)
