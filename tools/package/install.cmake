# What `cmake --install` puts where, so that another project builds with find_package(synod):
#
#   bin/synod                     the program, with our own protocols
#   include/synod/…               the testbed's headers. For guests: synod/protocol.h (what a protocol is
#                                 made of), synod/testbed.h (and how it is tested), synod/gtest.h
#   lib/libsynod_testbed.a …      synod::testbed, synod::main
#   lib/cmake/synod               the package
#   share/synod/template          a project to begin with
#
# In the tree, headers include each other as "core/ids.h"; installed, everything lies under one name
# and so they are written anew, as "synod/core/ids.h".

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_folder ${CMAKE_CURRENT_LIST_DIR})
set(package_build ${CMAKE_BINARY_DIR}/package)
set(public_headers sim/protocol.h tools/guest/testbed.h tools/guest/gtest.h)

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
foreach(header IN ITEMS @public_headers@)
  cmake_path(GET header FILENAME name)
  file(WRITE "@package_build@/include/synod/${name}"
    "// See there.\n#pragma once\n\n#include <version>\n"
    [==[@library_check@]==]
    "\n#endif\n\n#include \"synod/${header}\"\n")
endforeach()
]=])
install(SCRIPT ${package_build}/write_headers.cmake COMPONENT development)
install(DIRECTORY ${package_build}/include/synod DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  COMPONENT development)

set(synod_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/synod)
configure_package_config_file(${package_folder}/synod_config.cmake.in
  ${package_build}/synod-config.cmake INSTALL_DESTINATION ${synod_package_dir}
  PATH_VARS CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_LIBDIR NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${package_build}/synod-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${package_build}/synod-config.cmake ${package_build}/synod-config-version.cmake
  DESTINATION ${synod_package_dir} COMPONENT development)

install(TARGETS synod RUNTIME COMPONENT program)
install(TARGETS synod_testbed synod_main ARCHIVE COMPONENT development)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/tests/consumers/template
  DESTINATION ${CMAKE_INSTALL_DATADIR}/synod COMPONENT development)
