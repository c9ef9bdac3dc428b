// The chart participant, its implementations by their names only. Not the bot itself.
import { createMachine } from 'xstate'

export const machine = createMachine({
  "id": "participant",
  "version": "1",
  "type": "parallel",
  "states": {
    "presence": {
      "initial": "starting",
      "on": {
        "participant.reported": [
          {
            "target": ".left",
            "guard": "isRemoved",
            "actions": "keep"
          },
          {
            "target": ".inLobby",
            "guard": "isInLobby",
            "actions": "keep"
          },
          {
            "target": ".ringing",
            "guard": "isRinging",
            "actions": "keep"
          },
          {
            "target": ".invited",
            "guard": "isInvited",
            "actions": "keep"
          },
          {
            "target": ".onHold",
            "guard": "isOnHold",
            "actions": "keep"
          },
          {
            "target": ".joined",
            "actions": "keep"
          }
        ],
        "participant.absent": {
          "target": ".left",
          "actions": "keep"
        }
      },
      "states": {
        "starting": {
          "always": [
            {
              "target": "left",
              "guard": "isRemoved",
              "actions": "keep"
            },
            {
              "target": "inLobby",
              "guard": "isInLobby",
              "actions": "keep"
            },
            {
              "target": "ringing",
              "guard": "isRinging",
              "actions": "keep"
            },
            {
              "target": "invited",
              "guard": "isInvited",
              "actions": "keep"
            },
            {
              "target": "onHold",
              "guard": "isOnHold",
              "actions": "keep"
            },
            {
              "target": "joined",
              "actions": "keep"
            }
          ]
        },
        "invited": {},
        "ringing": {},
        "inLobby": {},
        "joined": {},
        "onHold": {},
        "left": {}
      }
    },
    "audio": {
      "initial": "starting",
      "on": {
        "participant.reported": [
          {
            "target": ".serverMuted",
            "guard": "isServerMuted"
          },
          {
            "target": ".muted",
            "guard": "isMuted"
          },
          {
            "target": ".unmuted"
          }
        ]
      },
      "states": {
        "starting": {
          "always": [
            {
              "target": "serverMuted",
              "guard": "isServerMuted"
            },
            {
              "target": "muted",
              "guard": "isMuted"
            },
            {
              "target": "unmuted"
            }
          ]
        },
        "unmuted": {},
        "muted": {},
        "serverMuted": {}
      }
    },
    "audioStream": {
      "initial": "starting",
      "on": {
        "participant.reported": [
          {
            "target": ".absent",
            "guard": {
              "type": "streams",
              "params": {
                "modality": "audio",
                "direction": "absent"
              }
            }
          },
          {
            "target": ".inactive",
            "guard": {
              "type": "streams",
              "params": {
                "modality": "audio",
                "direction": "inactive"
              }
            }
          },
          {
            "target": ".sendOnly",
            "guard": {
              "type": "streams",
              "params": {
                "modality": "audio",
                "direction": "sendOnly"
              }
            }
          },
          {
            "target": ".receiveOnly",
            "guard": {
              "type": "streams",
              "params": {
                "modality": "audio",
                "direction": "receiveOnly"
              }
            }
          },
          {
            "target": ".sendReceive",
            "guard": {
              "type": "streams",
              "params": {
                "modality": "audio",
                "direction": "sendReceive"
              }
            }
          }
        ]
      },
      "states": {
        "starting": {
          "always": [
            {
              "target": "absent",
              "guard": {
                "type": "streams",
                "params": {
                  "modality": "audio",
                  "direction": "absent"
                }
              }
            },
            {
              "target": "inactive",
              "guard": {
                "type": "streams",
                "params": {
                  "modality": "audio",
                  "direction": "inactive"
                }
              }
            },
            {
              "target": "sendOnly",
              "guard": {
                "type": "streams",
                "params": {
                  "modality": "audio",
                  "direction": "sendOnly"
                }
              }
            },
            {
              "target": "receiveOnly",
              "guard": {
                "type": "streams",
                "params": {
                  "modality": "audio",
                  "direction": "receiveOnly"
                }
              }
            },
            {
              "target": "sendReceive",
              "guard": {
                "type": "streams",
                "params": {
                  "modality": "audio",
                  "direction": "sendReceive"
                }
              }
            }
          ]
        },
        "absent": {},
        "inactive": {},
        "sendOnly": {},
        "receiveOnly": {},
        "sendReceive": {}
      }
    },
    "video": {
      "initial": "starting",
      "on": {
        "participant.reported": [
          {
            "target": ".absent",
            "guard": {
              "type": "streams",
              "params": {
                "modality": "video",
                "direction": "absent"
              }
            }
          },
          {
            "target": ".inactive",
            "guard": {
              "type": "streams",
              "params": {
                "modality": "video",
                "direction": "inactive"
              }
            }
          },
          {
            "target": ".sendOnly",
            "guard": {
              "type": "streams",
              "params": {
                "modality": "video",
                "direction": "sendOnly"
              }
            }
          },
          {
            "target": ".receiveOnly",
            "guard": {
              "type": "streams",
              "params": {
                "modality": "video",
                "direction": "receiveOnly"
              }
            }
          },
          {
            "target": ".sendReceive",
            "guard": {
              "type": "streams",
              "params": {
                "modality": "video",
                "direction": "sendReceive"
              }
            }
          }
        ]
      },
      "states": {
        "starting": {
          "always": [
            {
              "target": "absent",
              "guard": {
                "type": "streams",
                "params": {
                  "modality": "video",
                  "direction": "absent"
                }
              }
            },
            {
              "target": "inactive",
              "guard": {
                "type": "streams",
                "params": {
                  "modality": "video",
                  "direction": "inactive"
                }
              }
            },
            {
              "target": "sendOnly",
              "guard": {
                "type": "streams",
                "params": {
                  "modality": "video",
                  "direction": "sendOnly"
                }
              }
            },
            {
              "target": "receiveOnly",
              "guard": {
                "type": "streams",
                "params": {
                  "modality": "video",
                  "direction": "receiveOnly"
                }
              }
            },
            {
              "target": "sendReceive",
              "guard": {
                "type": "streams",
                "params": {
                  "modality": "video",
                  "direction": "sendReceive"
                }
              }
            }
          ]
        },
        "absent": {},
        "inactive": {},
        "sendOnly": {},
        "receiveOnly": {},
        "sendReceive": {}
      }
    },
    "screenSharing": {
      "initial": "starting",
      "on": {
        "participant.reported": [
          {
            "target": ".absent",
            "guard": {
              "type": "streams",
              "params": {
                "modality": "videoBasedScreenSharing",
                "direction": "absent"
              }
            }
          },
          {
            "target": ".inactive",
            "guard": {
              "type": "streams",
              "params": {
                "modality": "videoBasedScreenSharing",
                "direction": "inactive"
              }
            }
          },
          {
            "target": ".sendOnly",
            "guard": {
              "type": "streams",
              "params": {
                "modality": "videoBasedScreenSharing",
                "direction": "sendOnly"
              }
            }
          },
          {
            "target": ".receiveOnly",
            "guard": {
              "type": "streams",
              "params": {
                "modality": "videoBasedScreenSharing",
                "direction": "receiveOnly"
              }
            }
          },
          {
            "target": ".sendReceive",
            "guard": {
              "type": "streams",
              "params": {
                "modality": "videoBasedScreenSharing",
                "direction": "sendReceive"
              }
            }
          }
        ]
      },
      "states": {
        "starting": {
          "always": [
            {
              "target": "absent",
              "guard": {
                "type": "streams",
                "params": {
                  "modality": "videoBasedScreenSharing",
                  "direction": "absent"
                }
              }
            },
            {
              "target": "inactive",
              "guard": {
                "type": "streams",
                "params": {
                  "modality": "videoBasedScreenSharing",
                  "direction": "inactive"
                }
              }
            },
            {
              "target": "sendOnly",
              "guard": {
                "type": "streams",
                "params": {
                  "modality": "videoBasedScreenSharing",
                  "direction": "sendOnly"
                }
              }
            },
            {
              "target": "receiveOnly",
              "guard": {
                "type": "streams",
                "params": {
                  "modality": "videoBasedScreenSharing",
                  "direction": "receiveOnly"
                }
              }
            },
            {
              "target": "sendReceive",
              "guard": {
                "type": "streams",
                "params": {
                  "modality": "videoBasedScreenSharing",
                  "direction": "sendReceive"
                }
              }
            }
          ]
        },
        "absent": {},
        "inactive": {},
        "sendOnly": {},
        "receiveOnly": {},
        "sendReceive": {}
      }
    }
  }
})
