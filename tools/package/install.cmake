# What `cmake --install` puts where, so that another project builds with find_package(synod):
#
#   bin/synod                     the program, with our own protocols
#   share/man/man1                synod(1), where it was built: see the target man_page
#   share/bash-completion, share/zsh   what completes its verbs, options and names in these shells
#   include/synod/…               the testbed's headers. For guests: synod/protocol.h (what a protocol is
#                                 made of), synod/testbed.h (and how it is tested), synod/gtest.h
#   lib/libsynod_testbed.a …      synod::testbed, synod::main
#   lib/cmake/synod               the package
#   share/synod/template          a project to begin with
#   share/doc/synod-dev           the guide, which headers are public, and the projects that it names
#
# There are two components, each a Debian package of its own (see debian.cmake): the program, and all
# that a guest is built with.
#
# In the tree, headers include each other as "core/ids.h"; installed, everything lies under one name
# and so they are written anew, as "synod/core/ids.h".

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_folder ${CMAKE_CURRENT_LIST_DIR})
set(package_build ${CMAKE_BINARY_DIR}/package)
set(public_headers_file ${package_folder}/public_headers.txt)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${public_headers_file})
file(STRINGS ${public_headers_file} public_headers REGEX "^[^#]")

# A guest is built with a compiler of its own: g++ and clang++ agree on the layout of all that the
# headers hold. (Not on that of the JSON library's types, which the headers therefore only name.) With
# another C++ standard library nothing agrees, and the public headers say so.
include(CheckCXXSymbolExists)
check_cxx_symbol_exists(_LIBCPP_VERSION version synod_has_libcxx)
set(library_check
  "#ifdef _LIBCPP_VERSION\n#error \"synod was built without libc++: build this without it, too\"")
if(synod_has_libcxx)
  set(library_check
    "#ifndef _LIBCPP_VERSION\n#error \"synod was built with libc++: build this with it, too\"")
endif()

list(JOIN synod_folders "|" header_folders)
file(CONFIGURE OUTPUT ${package_build}/write_headers.cmake @ONLY CONTENT [=[
file(REMOVE_RECURSE "@package_build@/include")
set(ours "core|sim|properties|scenarios|tools")
foreach(header IN ITEMS @synod_headers@)
  file(READ "@PROJECT_SOURCE_DIR@/${header}" text)
  string(REGEX REPLACE "(\n#include \")((${ours})/)" "\\1synod/\\2" text "${text}")
  file(WRITE "@package_build@/include/synod/${header}" "${text}")
endforeach()
set(public_headers "@public_headers@")
foreach(public IN LISTS public_headers)
  string(REPLACE " " ";" public "${public}")
  list(GET public 0 name)
  list(GET public 1 header)
  file(WRITE "@package_build@/include/${name}"
    "// See there.\n#pragma once\n\n#include <version>\n"
    [==[@library_check@]==]
    "\n#endif\n\n#include \"synod/${header}\"\n")
endforeach()
]=])
install(SCRIPT ${package_build}/write_headers.cmake COMPONENT development)
install(DIRECTORY ${package_build}/include/synod DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  COMPONENT development)

# What a guest's program is linked with, and which package of Debian and Ubuntu has it.
set(guest_libraries "fmt libfmt-dev" "nlohmann_json nlohmann-json3-dev" "pugixml libpugixml-dev"
  "benchmark libbenchmark-dev")
set(synod_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/synod)
configure_package_config_file(${package_folder}/synod_config.cmake.in
  ${package_build}/synod-config.cmake INSTALL_DESTINATION ${synod_package_dir}
  PATH_VARS CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_LIBDIR NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${package_build}/synod-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${package_build}/synod-config.cmake ${package_build}/synod-config-version.cmake
  DESTINATION ${synod_package_dir} COMPONENT development)

install(TARGETS synod RUNTIME COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/tools/completion/synod.bash RENAME synod
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/tools/completion/synod.zsh RENAME _synod
  DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions COMPONENT program)
install(TARGETS synod_testbed synod_main ARCHIVE COMPONENT development)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/tests/consumers/template
  DESTINATION ${CMAKE_INSTALL_DATADIR}/synod COMPONENT development)

# The guide's links lead to what is installed: a header, or an example.
set(documents ${CMAKE_INSTALL_DATADIR}/doc/synod-dev)
file(CONFIGURE OUTPUT ${package_build}/write_guide.cmake @ONLY CONTENT [=[
file(READ "@PROJECT_SOURCE_DIR@/tools/own_protocol.md" text)
set(headers "../../../@CMAKE_INSTALL_INCLUDEDIR@/synod")
string(REGEX REPLACE "\\]\\(([a-z_/]+[.]h)\\)" "](${headers}/tools/\\1)" text "${text}")
string(REGEX REPLACE "\\]\\(package/" "](" text "${text}")
string(REGEX REPLACE "\\]\\([.][.]/tests/[a-z]+/" "](examples/" text "${text}")
string(REGEX REPLACE "\\]\\([.][.]/" "](${headers}/" text "${text}")
file(WRITE "@package_build@/own_protocol.md" "${text}")
]=])
install(SCRIPT ${package_build}/write_guide.cmake COMPONENT development)
install(FILES ${package_build}/own_protocol.md ${public_headers_file} DESTINATION ${documents}
  COMPONENT development)
file(GLOB examples LIST_DIRECTORIES true CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/tests/consumers/*/CMakeLists.txt)
list(FILTER examples EXCLUDE REGEX "/template/")
list(TRANSFORM examples REPLACE "/CMakeLists.txt$" "")
install(DIRECTORY ${examples} DESTINATION ${documents}/examples COMPONENT development)
install(FILES ${PROJECT_SOURCE_DIR}/tests/door/first_durable.h DESTINATION ${documents}/examples
  COMPONENT development)

# ---- The man page ---------------------------------------------------------------------------------
# Only who makes it needs help2man. What has not been made is not installed.

set(man_page ${package_build}/synod.1.gz)
add_custom_command(OUTPUT ${man_page}
  COMMAND ${package_folder}/write_man_page.sh $<TARGET_FILE:synod> ${man_page}
  DEPENDS synod ${package_folder}/write_man_page.sh ${package_folder}/man_page.txt
  COMMENT "Writing synod(1)" VERBATIM)
add_custom_target(man_page DEPENDS ${man_page})
install(FILES ${man_page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program OPTIONAL)
